package dev.allclear.agent.config;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.template.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the section `webhooks`.
record WebhookReader(Surroundings surroundings, Names services) {
  static final String SECRET = "\"${env:PAGERDUTY_SECRET}\"";
  private static final String FORM = "{pagerduty: {secret: " + SECRET + "}}";
  private static final String LABELS = "{service: app, region: datacenter}";

  @Nullable WebhookSettings read(Value section) {
    return section.map(FORM, this::read);
  }

  private @Nullable WebhookSettings read(MapReader map) {
    WebhookSettings.Alertmanager alertmanager =
        map.get(
            "alertmanager",
            WebhookSettings.Alertmanager.BY_DEFAULT,
            value -> value.map("{labels: " + LABELS + "}", this::alertmanager));
    WebhookSettings.PagerDuty pagerDuty =
        map.get(
            "pagerduty",
            WebhookSettings.NONE.pagerDuty(),
            value -> value.map("{secret: " + SECRET + "}", this::pagerDuty));
    return alertmanager == null || pagerDuty == null
        ? null
        : new WebhookSettings(alertmanager, pagerDuty);
  }

  private WebhookSettings.Alertmanager alertmanager(MapReader map) {
    Map<String, String> labels =
        Objects.requireNonNullElse(
            map.get("labels", value -> value.map(LABELS, WebhookReader::labels)), Map.of());
    return new WebhookSettings.Alertmanager(
        labels.getOrDefault("service", "service"),
        labels.getOrDefault("region", "region"),
        services(map),
        regions(map));
  }

  private static Map<String, String> labels(MapReader map) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String key : new String[] {"service", "region"}) {
      String label = map.get(key, value -> value.text("the name of a label"));
      if (label != null) {
        labels.put(key, label);
      }
    }
    return labels;
  }

  private WebhookSettings.@Nullable PagerDuty pagerDuty(MapReader map) {
    List<Value> written =
        Objects.requireNonNullElse(map.require("secret", SECRET, Value::list), List.of());
    List<SharedSecret> secrets =
        written.stream()
            .map(value -> SharedSecret.read(value, surroundings, SECRET))
            .filter(Objects::nonNull)
            .toList();
    Map<String, String> services = services(map);
    return secrets.isEmpty() ? null : new WebhookSettings.PagerDuty(secrets, services);
  }

  private Map<String, String> services(MapReader map) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Value entry : map.entries("services", "{THEIRS: OURS}")) {
      String name = services.resolve(entry);
      if (name != null) {
        found.put(entry.name(), name);
      }
    }
    return found;
  }

  private static Map<String, String> regions(MapReader map) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Value entry : map.entries("regions", "{THEIRS: OURS}")) {
      String name = entry.label();
      if (name != null) {
        found.put(entry.name(), name);
      }
    }
    return found;
  }
}
