package dev.allclear.agent.schema;

import dev.allclear.agent.json.JsonObject;

/// How the alerts of others become claims.
final class WebhookSchema {
  private WebhookSchema() {}

  static JsonObject definitions() {
    return new JsonObject()
        .put("webhooks", webhooks().kind())
        .put("alertmanager", alertmanager().kind())
        .put("pagerduty", pagerDuty().kind());
  }

  private static Keys webhooks() {
    return new Keys("What the alerts are about that others send here.")
        .key("alertmanager", Kind.ref("alertmanager"))
        .key("pagerduty", Kind.ref("pagerduty"));
  }

  private static Keys alertmanager() {
    return new Keys("Alerts to /api/v1/webhooks/alertmanager.")
        .key(
            "labels",
            new Keys("Which labels name the service and its region.")
                .key("service", Kind.text("The service.", "app").put("default", "service"))
                .key("region", Kind.text("The region.", "datacenter").put("default", "region"))
                .kind())
        .key("services", names("Our services for other values of that label."))
        .key("regions", names("Our regions for other values of that label."));
  }

  private static Keys pagerDuty() {
    return new Keys("Events to /api/v1/webhooks/pagerduty.")
        .required(
            "secret",
            Kind.oneOrMore(
                "What signs them; several while it is exchanged.",
                Kind.text("A secret.", "${env:PAGERDUTY_SECRET}")))
        .key("services", names("Our services for the names or ids of theirs."));
  }

  private static JsonObject names(String description) {
    return Kind.map(description, Kind.text("One of ours."));
  }
}
