package dev.allclear.agent.web;

import dev.allclear.agent.config.SharedSecret;
import dev.allclear.agent.config.WebhookSettings;
import dev.allclear.agent.json.Fields;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.OneLine;
import dev.allclear.agent.outage.Said;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What PagerDuty sends to a webhook, version 3: an event a request, at least once, signed.
final class PagerDutyHook {
  /// In bytes.
  static final int LARGEST = 262_144;

  private static final String NAME = "pagerduty";
  private static final String ALGORITHM = "HmacSHA256";
  private static final String SIGNED = "v1=";
  private static final int LONGEST = 200;
  private static final String PAYLOAD = "what PagerDuty sends to a webhook, version 3";

  private final Sources sources;
  private final WebhookSettings.PagerDuty settings;

  PagerDutyHook(Sources sources) {
    this.sources = sources;
    this.settings = sources.intake().webhooks().pagerDuty();
  }

  /// `signatures` are those of the header, one for each secret that PagerDuty knows.
  Answer take(byte[] body, String signatures) {
    if (settings.secrets().isEmpty()) {
      return Answer.refused(
          404, "nothing is heard of PagerDuty", "`webhooks: {pagerduty: {secret: …}}`");
    }
    if (!isSigned(body, signatures)) {
      return Answer.refused(
          401, "the signature is not right", "X-PagerDuty-Signature with the secret of the config");
    }
    try {
      String text = new String(body, StandardCharsets.UTF_8);
      return accept(Fields.of("", Json.read(text)).object("event"));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new BadRequest(OneLine.of(String.valueOf(e.getMessage()), LONGEST), PAYLOAD);
    }
  }

  private boolean isSigned(byte[] body, String signatures) {
    return settings.secrets().stream()
        .map(secret -> SIGNED + HexFormat.of().formatHex(hmac(secret, body)))
        .anyMatch(
            right -> Stream.of(signatures.split(",", -1)).anyMatch(each -> same(right, each)));
  }

  private static boolean same(String right, String given) {
    return MessageDigest.isEqual(
        right.getBytes(StandardCharsets.UTF_8), given.strip().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(SharedSecret secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.octets(), ALGORITHM));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private Answer accept(Fields event) {
    Alerts alerts = new Alerts(NAME, sources);
    String type = event.text("event_type");
    Optional<Said> said = said(type, event);
    if (said.isEmpty()) {
      alerts.ignore("event " + type);
    } else {
      Fields service = event.object("data").object("service");
      Instant at = OffsetDateTime.parse(event.text("occurred_at")).toInstant();
      String key = NAME + "/" + OneLine.of(event.text("id"), LONGEST);
      alerts.add(new Alert(ours(service), "", key, actor(event), at, said.get()));
    }
    return alerts.answer();
  }

  private static Optional<Said> said(String type, Fields event) {
    return switch (type) {
      case "incident.triggered" -> Optional.of(new Said.DetectorFired(NAME, title(event)));
      case "incident.acknowledged" -> Optional.of(new Said.Acknowledged());
      case "incident.resolved" -> Optional.of(new Said.DetectorCleared(NAME, title(event)));
      default -> Optional.empty();
    };
  }

  private static String title(Fields event) {
    return OneLine.of(event.object("data").text("title"), LONGEST);
  }

  /// By its id, else by its name.
  private String ours(Fields service) {
    String id = service.has("id") ? service.text("id") : "";
    String name = service.has("summary") ? OneLine.of(service.text("summary"), LONGEST) : "";
    String byName = settings.services().getOrDefault(name, name.isEmpty() ? id : name);
    return settings.services().getOrDefault(id, byName);
  }

  private static String actor(Fields event) {
    boolean named = event.has("agent") && event.object("agent").has("summary");
    return named ? OneLine.of(event.object("agent").text("summary"), 90) : NAME;
  }
}
