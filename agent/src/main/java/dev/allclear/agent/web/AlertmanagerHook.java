package dev.allclear.agent.web;

import dev.allclear.agent.config.WebhookSettings;
import dev.allclear.agent.json.Fields;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.json.OneLine;
import dev.allclear.agent.outage.Said;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/// What Alertmanager sends to a webhook, version 4: each alert fired at its start, and cleared at
/// its end. It sends them again and again.
final class AlertmanagerHook {
  /// In bytes.
  static final int LARGEST = 1_048_576;

  private static final String NAME = "alertmanager";
  private static final String VERSION = "4";
  private static final int MOST = 500;
  private static final int LONGEST = 200;
  private static final String PAYLOAD = "what Alertmanager sends to a webhook, version " + VERSION;

  private final Sources sources;
  private final WebhookSettings.Alertmanager settings;

  AlertmanagerHook(Sources sources) {
    this.sources = sources;
    this.settings = sources.intake().webhooks().alertmanager();
  }

  Answer take(String body) {
    try {
      Fields group = Fields.of("", Json.read(body));
      if (group.has("version") && !group.text("version").equals(VERSION)) {
        throw new BadRequest(
            "version " + OneLine.of(group.text("version")) + " is not known", PAYLOAD);
      }
      return accept(group.objects("alerts"));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new BadRequest(OneLine.of(String.valueOf(e.getMessage()), LONGEST), PAYLOAD);
    }
  }

  private Answer accept(List<Fields> sent) {
    Alerts alerts = new Alerts(NAME, sources);
    sent.stream().limit(MOST).forEach(each -> add(each, alerts));
    if (sent.size() > MOST) {
      alerts.ignore(sent.size() - MOST + " alerts beyond the first " + MOST);
    }
    return alerts.answer();
  }

  private void add(Fields alert, Alerts alerts) {
    Fields labels = alert.object("labels");
    String name = label(labels, "alertname");
    if (!labels.has(settings.serviceLabel())) {
      alerts.ignore("alert `%s` has no label `%s`".formatted(name, settings.serviceLabel()));
      return;
    }
    Instant start = at(alert, "startsAt");
    String key = NAME + "/" + fingerprint(alert) + "/" + start;
    alerts.add(about(labels, key + "/fired", start, new Said.DetectorFired(NAME, name)));
    if (alert.text("status").equals("resolved")) {
      Instant end = at(alert, "endsAt");
      alerts.add(about(labels, key + "/cleared", end, new Said.DetectorCleared(NAME, name)));
    }
  }

  private Alert about(Fields labels, String key, Instant at, Said said) {
    return new Alert(
        ours(settings.services(), label(labels, settings.serviceLabel())),
        ours(settings.regions(), label(labels, settings.regionLabel())),
        key,
        NAME,
        at,
        said);
  }

  private static String ours(Map<String, String> names, String theirs) {
    return names.getOrDefault(theirs, theirs);
  }

  /// Of the labels; old versions do not send it.
  private static String fingerprint(Fields alert) {
    return alert.has("fingerprint")
        ? OneLine.of(alert.text("fingerprint"))
        : ClaimKeys.of(new JsonObject().put("labels", alert.object("labels").members()).toString());
  }

  private static Instant at(Fields alert, String name) {
    return OffsetDateTime.parse(alert.text(name)).toInstant();
  }

  private static String label(Fields labels, String name) {
    return labels.has(name) ? OneLine.of(labels.text(name), LONGEST) : "";
  }
}
