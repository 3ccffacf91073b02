package dev.allclear.agent.json;

import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Said;
import dev.allclear.agent.outage.Said.Mode;
import dev.allclear.agent.outage.Said.Result;

/// Claims as the ledger keeps them; what they say is told in the same members everywhere.
public final class ClaimJson {
  private ClaimJson() {}

  static JsonObject tree(Claim claim) {
    return new JsonObject()
        .put("key", claim.key())
        .put("actor", claim.actor())
        .put("when", TimeJson.tree(claim.when()))
        .put("said", said(claim.said()));
  }

  static Claim read(Fields in) {
    return new Claim(in.text("key"), in.text("actor"), in.bounds("when"), said(in.object("said")));
  }

  /// The type, and what is told with it.
  public static JsonObject said(Said said) {
    JsonObject json = new JsonObject().put("type", said.label());
    return switch (said) {
      case Said.IncidentDeclared(String summary) -> json.put("summary", summary);
      case Said.FaultInjected(String fault, boolean gameDay) ->
          json.put("fault", fault).put("gameDay", gameDay);
      case Said.Acknowledged(), Said.RemediationStarted() -> json;
      case Said.StepStarted(String step, Mode mode, String runbook) ->
          json.put("step", step).put("mode", mode.label()).put("runbook", runbook);
      case Said.StepFinished(String step, Mode mode, Result result, String detail) ->
          json.put("step", step)
              .put("mode", mode.label())
              .put("outcome", result.label())
              .put("detail", detail);
      case Said.ApprovalRequested(String what) -> json.put("what", what);
      case Said.ApprovalGranted(String what) -> json.put("what", what);
      case Said.RestoreProgress(String what, long done, long total) ->
          json.put("what", what).put("done", done).put("total", total);
      case Said.RestoreCompleted(String what) -> json.put("what", what);
      case Said.TrafficShifted(String to) -> json.put("to", to);
      case Said.DnsChanged(String name) -> json.put("name", name);
      case Said.RollbackStarted(String from, String to) -> json.put("from", from).put("to", to);
      case Said.RollbackCompleted(String from, String to) -> json.put("from", from).put("to", to);
      case Said.IntegrityChecked(boolean passed, String detail) ->
          json.put("passed", passed).put("detail", detail);
      case Said.DetectorFired(String detector, String alert) ->
          json.put("detector", detector).put("alert", alert);
      case Said.DetectorCleared(String detector, String alert) ->
          json.put("detector", detector).put("alert", alert);
      case Said.Gauge(String name, double value, String unit) ->
          json.put("name", name).put("value", value).put("unit", unit);
      case Said.Note(String text) -> json.put("text", text);
    };
  }

  static Said said(Fields in) {
    return switch (in.text("type")) {
      case "incident-declared" -> new Said.IncidentDeclared(in.text("summary"));
      case "fault-injected" -> new Said.FaultInjected(in.text("fault"), in.truth("gameDay"));
      case "acknowledged" -> new Said.Acknowledged();
      case "remediation-started" -> new Said.RemediationStarted();
      case "step-started" -> new Said.StepStarted(in.text("step"), mode(in), in.text("runbook"));
      case "step-finished" ->
          new Said.StepFinished(in.text("step"), mode(in), result(in), in.text("detail"));
      case "approval-requested" -> new Said.ApprovalRequested(in.text("what"));
      case "approval-granted" -> new Said.ApprovalGranted(in.text("what"));
      case "restore-progress" ->
          new Said.RestoreProgress(in.text("what"), in.number("done"), in.number("total"));
      case "restore-completed" -> new Said.RestoreCompleted(in.text("what"));
      case "traffic-shifted" -> new Said.TrafficShifted(in.text("to"));
      case "dns-changed" -> new Said.DnsChanged(in.text("name"));
      case "rollback-started" -> new Said.RollbackStarted(in.text("from"), in.text("to"));
      case "rollback-completed" -> new Said.RollbackCompleted(in.text("from"), in.text("to"));
      case "integrity-checked" -> new Said.IntegrityChecked(in.truth("passed"), in.text("detail"));
      case "detector-fired" -> new Said.DetectorFired(in.text("detector"), in.text("alert"));
      case "detector-cleared" -> new Said.DetectorCleared(in.text("detector"), in.text("alert"));
      case "gauge" -> new Said.Gauge(in.text("name"), in.decimal("value"), in.text("unit"));
      case "note" -> new Said.Note(in.text("text"));
      default -> throw EventJson.unknown();
    };
  }

  private static Mode mode(Fields in) {
    return in.oneOf("mode", Mode.values(), Mode::label);
  }

  private static Result result(Fields in) {
    return in.oneOf("outcome", Result.values(), Result::label);
  }
}
