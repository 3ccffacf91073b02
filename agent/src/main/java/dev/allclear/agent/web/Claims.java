package dev.allclear.agent.web;

import dev.allclear.agent.json.Fields;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.yaml.Nearest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What people and tools say happened. It is accepted once it is written down.
final class Claims {
  /// In bytes.
  static final int LARGEST = 4096;

  private static final String DNS_CHANGED = "dns-changed";
  private static final List<String> MEMBERS = List.of("type", "name", "at", "actor");
  private static final String EXAMPLE = "{\"type\":\"dns-changed\",\"name\":\"shop.example\"}";
  private static final Duration AHEAD = Duration.ofSeconds(1);
  private static final Duration OLDEST = Duration.ofHours(1);
  private static final int LONGEST_ACTOR = 100;

  private final Sources sources;

  Claims(Sources sources) {
    this.sources = sources;
  }

  Answer take(String body) {
    Fields fields = fields(body);
    String type = text(fields, "type");
    if (!type.equals(DNS_CHANGED)) {
      throw new BadRequest("unknown type `" + type + "`", "`" + DNS_CHANGED + "`");
    }
    String given = text(fields, "name");
    Optional<String> name = followed(given);
    if (name.isEmpty()) {
      return unknown(given);
    }
    DnsClaim claim = new DnsClaim(name.get(), at(fields), actor(fields));
    sources.claimed().accept(claim);
    JsonObject json =
        new JsonObject()
            .put("type", DNS_CHANGED)
            .put("name", claim.name())
            .put("at", claim.at())
            .put("actor", claim.actor().isEmpty() ? null : claim.actor());
    return new Answer(202, Content.json(json));
  }

  private static Fields fields(String body) {
    try {
      Fields fields = Fields.of("", Json.read(body));
      for (Object member : fields.members().keySet()) {
        String name = String.valueOf(member);
        if (!MEMBERS.contains(name)) {
          throw new BadRequest(
              "unknown member `" + name + "`", Nearest.advice(name, MEMBERS, EXAMPLE));
        }
      }
      return fields;
    } catch (IllegalArgumentException e) {
      throw new BadRequest(String.valueOf(e.getMessage()), EXAMPLE);
    }
  }

  private static String text(Fields fields, String name) {
    try {
      return fields.text(name);
    } catch (IllegalArgumentException e) {
      throw new BadRequest(String.valueOf(e.getMessage()), EXAMPLE);
    }
  }

  /// Capitals and the dot of the root make no other name (RFC 1034, 3.1).
  private Optional<String> followed(String given) {
    String name = given.endsWith(".") ? given.substring(0, given.length() - 1) : given;
    return sources.names().stream().filter(name::equalsIgnoreCase).findFirst();
  }

  private Answer unknown(String name) {
    Set<String> names = sources.names();
    String otherwise = "a name under `dns:` with `authorities:`, which a service requires";
    return Answer.refused(
        404, "no name `" + name + "` is followed", Nearest.advice(name, names, otherwise));
  }

  private Instant at(Fields fields) {
    Instant now = sources.clock().now().wall();
    if (!fields.has("at")) {
      return now;
    }
    String text = text(fields, "at");
    Instant at = instant(text);
    if (at.isAfter(now.plus(AHEAD))) {
      throw new BadRequest("`" + text + "` is yet to come", "when it was changed");
    }
    if (at.isBefore(now.minus(OLDEST))) {
      throw new BadRequest("`" + text + "` is more than an hour ago", "a change of the last hour");
    }
    return at.isAfter(now) ? now : at;
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      throw new BadRequest("`" + text + "` is not an instant", "it as 2026-01-31T12:03:40Z");
    }
  }

  private static String actor(Fields fields) {
    if (!fields.has("actor")) {
      return "";
    }
    String actor = text(fields, "actor").strip();
    if (actor.length() > LONGEST_ACTOR || actor.chars().anyMatch(Character::isISOControl)) {
      throw new BadRequest(
          "bad actor", "at most " + LONGEST_ACTOR + " characters on one line, as deploy-42");
    }
    return actor;
  }
}
