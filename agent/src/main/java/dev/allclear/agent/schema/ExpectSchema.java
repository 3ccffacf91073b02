package dev.allclear.agent.schema;

import dev.allclear.agent.json.JsonObject;
import java.util.List;

/// What must hold of an answer.
final class ExpectSchema {
  private static final String VALUE = "A value it equals, or predicates.";

  private ExpectSchema() {}

  static JsonObject definitions() {
    return new JsonObject()
        .put("expect", keys("What must hold of the answer; all of it is looked at.").kind())
        .put("predicates", typed(predicates("What must hold of a value.")).kind())
        .put(
            "element",
            predicates("What must hold of an element.")
                .key("attribute", Kind.text("Of it, instead of its text.", "href"))
                .kind())
        .put("range", range().kind())
        .put("certificate", certificate().kind());
  }

  static Keys keys(String description) {
    return new Keys(description)
        .key(
            "status",
            Kind.oneOrMore(
                "Codes, ranges or classes; 2xx by default.",
                Kind.text("One of them.", 200, "2xx", "200-299")))
        .key(
            "header",
            Kind.map(
                "Headers: a text that one contains, ignoring case, or predicates.",
                value("predicates")))
        .key(
            "cookie",
            Kind.map("Cookies that the answer set, or the jar holds.", value("predicates")))
        .key(
            "size",
            Kind.either("Bytes of the body.", Kind.text("From-to.", "1-100000"), Kind.ref("range")))
        .key("contains", texts("Texts in the body.", "booked"))
        .key("lacks", texts("Texts that are not in the body.", "maintenance"))
        .key("matches", texts("Regular expressions (RE2) found in the body.", "order-[0-9]+"))
        .key("json", Kind.map("JSONPaths. " + VALUE, value("predicates")))
        .key("xpath", Kind.map("XPaths. " + VALUE, value("predicates")))
        .key("css", Kind.map("CSS selectors. " + VALUE, value("element")))
        .key("schema", Kind.any("A JSON Schema, or the file of one.", "order.schema.json"))
        .key("cel", texts("CEL over status, headers, body, json, vars and took.", "json.total > 0"))
        .key("within", Kind.duration("Slower is slow, not failed.", "800ms"))
        .key("tls", Kind.ref("certificate"))
        .key("protocol", Kind.choice("Of the connection.", "h2", "http/1.1"))
        .key("remote", texts("Networks, one of which holds the server's address.", "192.0.2.0/24"))
        .key("served-by", Kind.text("The label of that name.", "us"))
        .key("version", Kind.text("The label of that name.", "1.4.2"));
  }

  private static JsonObject texts(String description, Object example) {
    return Kind.oneOrMore(description, Kind.text("One of them.", example));
  }

  private static JsonObject value(String predicates) {
    return Kind.either(VALUE, scalar(), Kind.ref(predicates));
  }

  private static JsonObject scalar() {
    return new JsonObject().put("type", List.of("string", "number", "boolean", "null"));
  }

  private static Keys predicates(String description) {
    return new Keys(description)
        .key("exists", Kind.flag("Whether it is there at all."))
        .key("equals", Kind.any("The value it has."))
        .key("not", Kind.any("A value it does not have."))
        .key("contains", Kind.text("A text in it."))
        .key("matches", Kind.text("A regular expression (RE2) found in it."))
        .key("one-of", Kind.list("The values it may have.", Kind.any("One of them.")))
        .key("above", Kind.number("Greater than.", 0))
        .key("at-least", Kind.number("Greater than or equal to.", 1))
        .key("below", Kind.number("Less than.", 100))
        .key("at-most", Kind.number("Less than or equal to.", 99))
        .key(
            "length", Kind.either("Of a text or list.", Kind.number("Exactly."), Kind.ref("range")))
        .key("each", Kind.ref("predicates", "What must hold of each element."))
        .key("newer-than", Kind.duration("A time in the last so long.", "5m"));
  }

  /// Of JSON.
  private static Keys typed(Keys predicates) {
    return predicates.key(
        "type",
        Kind.choice("What it is.", "string", "number", "boolean", "array", "object", "null"));
  }

  private static Keys range() {
    return new Keys("A number's bounds.")
        .key("at-least", Kind.number("Greater than or equal to.", 1))
        .key("at-most", Kind.number("Less than or equal to.", 100000));
  }

  private static Keys certificate() {
    return new Keys("Of the TLS connection, at least.")
        .key("version", Kind.choice("The version.", "1.2", 1.2, "1.3", 1.3))
        .key("days-left", Kind.number("Until the certificate expires.", 14));
  }
}
