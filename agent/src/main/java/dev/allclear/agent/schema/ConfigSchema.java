package dev.allclear.agent.schema;

import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;

/// The whole file: its sections, and the definitions they share.
public final class ConfigSchema {
  private ConfigSchema() {}

  /// The schema as a JSON document of many lines.
  public static String text() {
    JsonObject schema =
        new JsonObject()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", "Allclear's config")
            .putAll(sections().kind())
            .put("$defs", definitions());
    return Json.writeLines(schema) + "\n";
  }

  private static Keys sections() {
    return new Keys("What an agent watches, and how.")
        .key("agent", Kind.ref("agent"))
        .key(
            "control",
            Kind.oneOrMore(
                "Witnesses of the agent's own network, two or more. While none answers, what fails is"
                    + " not held for the services' fault. Choose some beyond your own routers: what"
                    + " answers while the way to the services is cut hides that it is.",
                Kind.text(
                    "tcp://HOST:PORT, dns://ADDRESS or https://HOST.",
                    "dns://9.9.9.9",
                    "https://status.example.net/")))
        .key(
            "resolvers",
            Kind.map("DNS resolvers that users depend on, by name.", Kind.ref("resolver")))
        .required("services", Kind.map("What has an RTO, by name.", Kind.ref("service")))
        .key("groups", Kind.map("Steps written once, used in many journeys.", Kind.ref("group")))
        .key("oauth2", Kind.map("Where access tokens come from, by name.", Kind.ref("oauth2")))
        .key("journeys", Kind.map("What a user does, by name.", Kind.ref("journey")))
        .key("dns", Kind.map("Names whose answers have to agree everywhere.", Kind.ref("lookup")))
        .key("webhooks", Kind.ref("webhooks"));
  }

  private static JsonObject definitions() {
    return new JsonObject()
        .putAll(ServiceSchema.definitions())
        .putAll(WebhookSchema.definitions())
        .putAll(JourneySchema.definitions())
        .putAll(StepSchema.definitions())
        .putAll(ExpectSchema.definitions());
  }
}
