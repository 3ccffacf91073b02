package dev.allclear.agent.schema;

import dev.allclear.agent.json.JsonObject;
import java.util.List;

/// Steps: what is sent, and what is kept of the answer.
final class StepSchema {
  private static final List<String> METHODS =
      List.of("get", "post", "put", "patch", "delete", "head", "options");

  private StepSchema() {}

  static JsonObject definitions() {
    return new JsonObject()
        .put("step", step().kind())
        .put("graphql", graphql().kind())
        .put("part", part().kind())
        .put("until", until().kind())
        .put("capture", capture().kind())
        .put("source", source(new Keys("Where a value stands.")).kind())
        .put("labels", labels().kind());
  }

  private static Keys step() {
    Keys step =
        new Keys("One request, or the use of a group.")
            .key("name", Kind.text("Shown wherever the step is.", "log in"));
    METHODS.forEach(method ->
        step.key(
            method,
            Kind.text(
                "The URL, or its path where the journey has a `base`.", "https://shop.example/")));
    step.key("method", Kind.text("Any other method, with `url`.", "PURGE"))
        .key("url", Kind.text("The URL for `method`."))
        .key(
            "query",
            JourneySchema.texts("Parameters, encoded and appended.", "a parameter's value"))
        .key("cookies", JourneySchema.texts("Beside those of the jar.", "a cookie's value"))
        .with(JourneySchema.shared())
        .key("timeout", Kind.duration("For the answer.", "10s").put("default", "10s"))
        .key(
            "when",
            Kind.text("CEL over `vars`; if false, the step is skipped.", "vars.tier == 'gold'"))
        .key("until", Kind.ref("until"))
        .key("burst", Kind.count("So many at once, of which all must pass.", 1))
        .key(
            "consistent-across",
            Kind.oneOrMore(
                "Asks each region; what is captured must be the same.",
                Kind.text("A region.", "eu")))
        .key("socket", Kind.text("A WebSocket's URL.", "wss://shop.example/live"))
        .key("send", Kind.oneOrMore("Messages to send.", Kind.text("A message.")))
        .key("expect", Kind.ref("expect"))
        .key("capture", Kind.map("Variables for the steps after it.", Kind.ref("capture")))
        .key("labels", Kind.ref("labels"))
        .key("use", Kind.text("A name under `groups`."))
        .key("with", JourneySchema.texts("Values of the group's parameters.", "a value"));
    return body(step);
  }

  private static Keys body(Keys step) {
    return step.key("form", JourneySchema.texts("Fields of an HTML form.", "a field's value"))
        .key("json", Kind.any("A JSON document.", new JsonObject().put("sku", "demo-1")))
        .key("text", Kind.text("Any text.", "id ${id}"))
        .key("file", Kind.text("A file's content; relative to this file.", "picture.png"))
        .key("graphql", Kind.ref("graphql"))
        .key(
            "multipart",
            Kind.map(
                "Fields and files.",
                Kind.either(
                    "A field's value, or a file.", Kind.text("A value."), Kind.ref("part"))));
  }

  private static Keys graphql() {
    return new Keys("A GraphQL request.")
        .required("query", Kind.text("The query.", "{ stock { sku } }"))
        .key("variables", Kind.map("Its variables.", Kind.any("JSON.")))
        .key("operation", Kind.text("Which of the query's operations."));
  }

  private static Keys part() {
    return new Keys("A file of a form.")
        .required("file", Kind.text("Its path, relative to this file.", "picture.png"))
        .key("type", Kind.text("Its media type.", "image/png"))
        .key("name", Kind.text("The name it is sent with.", "a.png"));
  }

  private static Keys until() {
    return ExpectSchema.keys("Asks again until these expectations hold.")
        .key("every", Kind.duration("How long between two.", "500ms"))
        .key("limit", Kind.duration("For how long.", "10s"));
  }

  private static Keys capture() {
    return source(
            new Keys(
                "A value of the answer for later steps; one that is not there fails the step."))
        .key("secret", Kind.flag("Masked wherever it would be shown.").put("default", false));
  }

  private static Keys source(Keys keys) {
    return keys.key("json", Kind.text("A JSONPath.", "$.token"))
        .key("regex", Kind.text("RE2; its first group, or all of it.", "id=([0-9]+)"))
        .key("header", Kind.text("A header's name.", "ETag"))
        .key("cookie", Kind.text("A cookie's name.", "session"))
        .key("css", Kind.text("A CSS selector.", "input[name=csrf]"))
        .key("attribute", Kind.text("Of the element, instead of its text.", "value"))
        .key("xpath", Kind.text("An XPath.", "//title"))
        .key("redirect", Kind.choice("Where the answer redirects to, made absolute.", "location"))
        .key("remote", Kind.choice("The address of the server.", "address"));
  }

  private static Keys labels() {
    return new Keys("What the answer says of who gave it.")
        .key("served-by", Kind.ref("source"))
        .key("version", Kind.ref("source"));
  }
}
