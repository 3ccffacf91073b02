package dev.allclear.agent.json;

import dev.allclear.probes.Evidence;
import dev.allclear.probes.Evidence.Check;
import dev.allclear.probes.Evidence.Field;
import dev.allclear.probes.Evidence.Message;
import dev.allclear.probes.Excerpt;

/// Evidence as the ledger keeps it and as the outside gets it.
public final class EvidenceJson {
  private EvidenceJson() {}

  /// To be put into a larger document.
  public static JsonObject tree(Evidence evidence) {
    return new JsonObject()
        .put("request", message(evidence.request()))
        .put("answer", evidence.answer() == null ? null : message(evidence.answer()))
        .put("checks", evidence.checks().stream().map(EvidenceJson::check).toList());
  }

  private static JsonObject message(Message message) {
    return new JsonObject()
        .put("line", message.line())
        .put("headers", message.fields().stream().map(EvidenceJson::field).toList())
        .put("moreHeaders", message.more())
        .put("body", message.body().text())
        .put("cut", message.body().cut());
  }

  private static JsonObject field(Field field) {
    return new JsonObject().put("name", field.name()).put("value", field.value());
  }

  private static JsonObject check(Check check) {
    return new JsonObject()
        .put("expected", check.expected())
        .put("actual", check.actual())
        .put("holds", check.holds());
  }

  static Evidence read(Fields in) {
    return new Evidence(
        message(in.object("request")),
        in.has("answer") ? message(in.object("answer")) : null,
        in.objects("checks").stream().map(EvidenceJson::check).toList());
  }

  private static Message message(Fields in) {
    return new Message(
        in.text("line"),
        in.objects("headers").stream()
            .map(field -> new Field(field.text("name"), field.text("value")))
            .toList(),
        Math.toIntExact(in.number("moreHeaders")),
        new Excerpt(in.text("body"), in.truth("cut")));
  }

  private static Check check(Fields in) {
    return new Check(in.text("expected"), in.text("actual"), in.truth("holds"));
  }
}
