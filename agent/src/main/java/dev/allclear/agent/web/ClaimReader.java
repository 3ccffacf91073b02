package dev.allclear.agent.web;

import dev.allclear.agent.json.ClaimType;
import dev.allclear.agent.json.Fields;
import dev.allclear.agent.json.OneLine;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Said;
import dev.allclear.agent.outage.Told;
import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.Nearest;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the claims of one request, and adds to `refusals` everything that is wrong with them.
final class ClaimReader {
  static final String EXAMPLE = ClaimType.REMEDIATION_STARTED.example().toString();

  private static final List<String> COMMON =
      List.of("type", "service", "region", "incident", "at", "error", "actor", "key");
  private static final Duration AHEAD = Duration.ofSeconds(1);
  private static final Duration OLDEST_CHANGE = Duration.ofHours(1);
  private static final Duration LARGEST_ERROR = Duration.ofDays(1);
  private static final int LONGEST_ACTOR = 100;
  private static final int LONGEST_KEY = 200;

  private final Sources sources;
  private final Moment now;
  private final Refusals refusals;

  ClaimReader(Sources sources, Moment now, Refusals refusals) {
    this.sources = sources;
    this.now = now;
    this.refusals = refusals;
  }

  /// With this key where it does not tell its own; that is empty if there is none. Null if anything
  /// is wrong.
  @Nullable Handed read(@Nullable Object tree, String key) {
    int before = refusals.size();
    Fields fields = fields(tree);
    ClaimType type = fields == null ? null : type(fields);
    if (fields == null || type == null) {
      return null;
    }
    refuseUnknown(fields, type);
    Optional<String> name = type == ClaimType.DNS_CHANGED ? followed(fields) : Optional.empty();
    Handed handed =
        name.isPresent() || (type == ClaimType.DNS_CHANGED && !fields.has("service"))
            ? ofName(fields, name)
            : ofService(fields, type, key);
    return refusals.size() > before ? null : handed;
  }

  private @Nullable Fields fields(@Nullable Object tree) {
    try {
      return Fields.of("", tree);
    } catch (IllegalArgumentException e) {
      refusals.add(400, String.valueOf(e.getMessage()), EXAMPLE);
      return null;
    }
  }

  private @Nullable ClaimType type(Fields fields) {
    String label = text(fields, "type", EXAMPLE);
    Optional<ClaimType> type = label == null ? Optional.empty() : ClaimType.of(label);
    if (label != null && type.isEmpty()) {
      refusals.add(
          400,
          "unknown type `" + OneLine.of(label) + "`",
          Nearest.advice(label, ClaimType.labels(), EXAMPLE));
    }
    return type.orElse(null);
  }

  private void refuseUnknown(Fields fields, ClaimType type) {
    List<String> known = new ArrayList<>(COMMON);
    type.members().forEach(member -> known.add(member.name()));
    for (Object member : fields.members().keySet()) {
      String name = String.valueOf(member);
      if (!known.contains(name)) {
        refusals.add(
            400, "unknown member `" + OneLine.of(name) + "`", Nearest.advice(name, known, EXAMPLE));
      }
    }
  }

  /// Capitals and the dot of the root make no other name (RFC 1034, 3.1).
  private Optional<String> followed(Fields fields) {
    if (!(fields.members().get("name") instanceof String given)) {
      return Optional.empty();
    }
    String name = given.endsWith(".") ? given.substring(0, given.length() - 1) : given;
    return sources.intake().names().stream().filter(name::equalsIgnoreCase).findFirst();
  }

  private @Nullable Handed ofName(Fields fields, Optional<String> followed) {
    String given = text(fields, "name", ClaimType.DNS_CHANGED.example().toString());
    if (given != null && followed.isEmpty()) {
      String otherwise = "a name under `dns:` with `authorities:`, which a service requires";
      refusals.add(
          404,
          "no name `" + OneLine.of(given) + "` is followed",
          Nearest.advice(given, sources.intake().names(), otherwise));
    }
    Instant at = changedAt(fields);
    String actor = actor(fields);
    return at == null || actor == null || followed.isEmpty()
        ? null
        : new Handed.Name(new DnsClaim(followed.get(), at, actor));
  }

  private @Nullable Instant changedAt(Fields fields) {
    Instant wall = now.wall();
    Instant at = fields.has("at") ? at(fields) : wall;
    if (at != null && at.isAfter(wall.plus(AHEAD))) {
      refusals.add(400, quoted(fields, "at") + " is yet to come", "when it was changed");
    } else if (at != null && at.isBefore(wall.minus(OLDEST_CHANGE))) {
      refusals.add(
          400, quoted(fields, "at") + " is more than an hour ago", "a change of the last hour");
    }
    return at != null && at.isAfter(wall) ? wall : at;
  }

  private @Nullable Handed ofService(Fields fields, ClaimType type, String header) {
    Said said = type.read(fields.members(), (error, write) -> refusals.add(400, error, write));
    String service = service(fields, type);
    String incident = fields.has("incident") ? incident(fields, service) : "";
    List<Cell> cells = service == null ? List.of() : cells(fields, service, incident);
    Bounds when = when(fields);
    String actor = actor(fields);
    String key = key(fields, header);
    if (said == null || service == null || incident == null || when == null) {
      return null;
    }
    if (actor == null || key == null || cells.isEmpty()) {
      return null;
    }
    Claim claim =
        new Claim(
            key.isEmpty() ? ClaimKeys.of(said, actor, when, incident) : key, actor, when, said);
    return new Handed.Service(service, new Told(cells, incident, claim));
  }

  /// That of the incident, if one is named.
  private @Nullable String service(Fields fields, ClaimType type) {
    Optional<Incident> named = named(fields);
    if (!fields.has("service") && named.isPresent()) {
      return named.get().cell().service();
    }
    String service = text(fields, "service", type.example().toString());
    if (service == null) {
      return null;
    }
    TreeSet<String> services = new TreeSet<>();
    watched().forEach(cell -> services.add(cell.service()));
    if (services.contains(service)) {
      return service;
    }
    refusals.add(
        404,
        "no service `" + OneLine.of(service) + "`",
        Nearest.advice(service, services, "one that the agent watches"));
    return null;
  }

  private Optional<Incident> named(Fields fields) {
    return fields.members().get("incident") instanceof String id
        ? sources.incident(id)
        : Optional.empty();
  }

  private @Nullable String incident(Fields fields, @Nullable String service) {
    String id = text(fields, "incident", "the id of one");
    Optional<Incident> found = named(fields);
    if (id != null && (found.isEmpty() || !watched().contains(found.get().cell()))) {
      refusals.add(
          404, "no incident `" + OneLine.of(id) + "`", "an id that /api/v1/incidents lists");
      return null;
    }
    if (found.isPresent() && service != null && !found.get().cell().service().equals(service)) {
      refusals.add(400, id + " is no incident of " + service, "one of its, or leave it out");
      return null;
    }
    return id;
  }

  /// Of one region, of that of the incident, or of all.
  private List<Cell> cells(Fields fields, String service, @Nullable String incident) {
    List<Cell> cells = watched().stream().filter(each -> each.service().equals(service)).toList();
    if (fields.has("region")) {
      String region = text(fields, "region", "the name of one");
      List<Cell> chosen = cells.stream().filter(each -> each.region().equals(region)).toList();
      if (region != null && chosen.isEmpty()) {
        List<String> regions = cells.stream().map(Cell::region).toList();
        refusals.add(
            404,
            "no region `" + OneLine.of(region) + "` of " + service,
            Nearest.advice(region, regions, "one of the service's"));
      }
      cells = chosen;
    }
    if (incident == null || incident.isEmpty()) {
      return cells;
    }
    Cell cell = sources.incident(incident).map(Incident::cell).orElseThrow();
    if (!cells.isEmpty() && !cells.contains(cell)) {
      refusals.add(400, incident + " is of region " + cell.region(), "that, or leave it out");
    }
    return List.of(cell);
  }

  private List<Cell> watched() {
    return sources.healths().get().stream().map(Health::cell).toList();
  }

  private @Nullable Bounds when(Fields fields) {
    Duration error = fields.has("error") ? error(fields) : ClaimTime.ERROR;
    Instant at = fields.has("at") ? at(fields) : now.wall();
    if (error == null || at == null) {
      return null;
    }
    String strange = ClaimTime.strange(now, at);
    if (strange != null) {
      refusals.add(400, quoted(fields, "at") + " is " + strange, "when it happened");
      return null;
    }
    return ClaimTime.of(now, at, error);
  }

  private @Nullable Duration error(Fields fields) {
    String text = text(fields, "error", "\"1s\"");
    try {
      Duration error = text == null ? null : Durations.parse(text);
      if (error != null && error.compareTo(LARGEST_ERROR) > 0) {
        refusals.add(400, quoted(fields, "error") + " is more than a day", "it as 1s");
        return null;
      }
      return error;
    } catch (IllegalArgumentException _) {
      refusals.add(400, quoted(fields, "error") + " is not a duration", "it as 1s");
      return null;
    }
  }

  private @Nullable Instant at(Fields fields) {
    String text = text(fields, "at", "it as 2026-01-31T12:03:40Z");
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      refusals.add(400, quoted(fields, "at") + " is not an instant", "it as 2026-01-31T12:03:40Z");
      return null;
    }
  }

  private @Nullable String actor(Fields fields) {
    return fields.has("actor") ? line(fields, "actor", LONGEST_ACTOR, "deploy-42") : "";
  }

  private @Nullable String key(Fields fields, String header) {
    if (!header.isEmpty() && !OneLine.is(header, LONGEST_KEY)) {
      refusals.add(400, "bad Idempotency-Key", wanted(LONGEST_KEY, "deploy-42-start"));
    }
    String key = fields.has("key") ? line(fields, "key", LONGEST_KEY, "deploy-42-start") : header;
    if (key != null && key.isEmpty() && fields.has("key")) {
      refusals.add(400, "key is empty", "one, as deploy-42-start, or leave it out");
    }
    if (key != null && !header.isEmpty() && !key.equals(header)) {
      refusals.add(400, "key and Idempotency-Key differ", "one of them");
    }
    return key;
  }

  private @Nullable String line(Fields fields, String name, int longest, String example) {
    String text = text(fields, name, wanted(longest, example));
    if (text != null && !OneLine.is(text.strip(), longest)) {
      refusals.add(400, "bad " + name, wanted(longest, example));
      return null;
    }
    return text == null ? null : text.strip();
  }

  private static String wanted(int longest, String example) {
    return "at most " + longest + " characters on one line, as " + example;
  }

  private @Nullable String text(Fields fields, String name, String write) {
    try {
      return fields.text(name);
    } catch (IllegalArgumentException e) {
      refusals.add(400, String.valueOf(e.getMessage()), write);
      return null;
    }
  }

  private static String quoted(Fields fields, String name) {
    return "`" + OneLine.of(String.valueOf(fields.members().get(name))) + "`";
  }
}
