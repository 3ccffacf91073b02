package dev.allclear.agent.json;

import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import dev.allclear.probes.Cause;
import java.util.List;

/// Failures as the ledger keeps them and as the outside gets them.
public final class FailureJson {
  private FailureJson() {}

  /// As the ledger keeps it, with both clocks.
  public static String write(Failure failure) {
    return beside(new JsonObject().put("at", TimeJson.tree(failure.at())), failure).toString();
  }

  /// What `write` wrote.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  public static Failure read(String text) {
    Fields in = Fields.of(text);
    return new Failure(
        in.moment("at"),
        in.text("probe"),
        in.text("step"),
        in.oneOf("cause", Cause.values(), Cause::label),
        in.text("detail"),
        in.has("evidence") ? EvidenceJson.read(in.object("evidence")) : null);
  }

  /// To be put into a larger document.
  public static JsonObject tree(Failed failed) {
    List<JsonObject> trees =
        failed.kept().stream()
            .map(failure -> beside(new JsonObject().put("at", failure.at().wall()), failure))
            .toList();
    return new JsonObject().put("runs", failed.runs()).put("kept", trees);
  }

  private static JsonObject beside(JsonObject json, Failure failure) {
    return json.put("probe", failure.probe())
        .put("step", failure.step())
        .put("cause", failure.cause().label())
        .put("detail", failure.detail())
        .put("evidence", failure.evidence() == null ? null : EvidenceJson.tree(failure.evidence()));
  }
}
