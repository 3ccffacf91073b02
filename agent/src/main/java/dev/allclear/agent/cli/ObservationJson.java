package dev.allclear.agent.cli;

import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.List;

/// One run as JSON, on one line.
final class ObservationJson {
  private ObservationJson() {}

  static String write(Observation observation) {
    return Json.write(
        outcome(new JsonObject().put("probe", observation.probe()), observation.outcome())
            .put("depth", observation.depth().label())
            .put("begin", observation.begin().wall())
            .put("seconds", observation.length())
            .put("steps", steps(observation.steps())));
  }

  static List<JsonObject> steps(List<StepRun> steps) {
    return steps.stream().map(ObservationJson::step).toList();
  }

  private static JsonObject step(StepRun step) {
    JsonObject json = outcome(new JsonObject().put("name", step.name()), step.outcome());
    json.put("seconds", step.length());
    return switch (step.reply()) {
      case Reply.Nothing() -> json;
      case Reply.Http http ->
          json.put("request", http.request())
              .put("status", http.status() == 0 ? null : http.status())
              .put("protocol", http.protocol())
              .put("remote", http.remote())
              .put("bytes", http.bytes())
              .put("phases", phases(http.phases()));
      case Reply.Dns dns ->
          json.put("server", dns.server())
              .put("authority", dns.authority())
              .put("rcode", dns.rcode())
              .put("records", dns.records())
              .put("ttl", dns.ttl().toSeconds());
    };
  }

  private static JsonObject phases(Phases phases) {
    return new JsonObject()
        .put("dns", seconds(phases.dns()))
        .put("connect", seconds(phases.connect()))
        .put("tls", seconds(phases.tls()))
        .put("send", seconds(phases.send()))
        .put("wait", seconds(phases.waiting()))
        .put("receive", seconds(phases.receive()));
  }

  /// Phases are short: microseconds count.
  private static double seconds(Duration length) {
    return Math.floor(length.toNanos() / 1e3) / 1e6;
  }

  private static JsonObject outcome(JsonObject json, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> json.put("outcome", "pass");
      case Outcome.Slow(String detail) -> json.put("outcome", "slow").put("detail", detail);
      case Outcome.Failed(Cause cause, String detail) ->
          json.put("outcome", "fail").put("cause", cause.label()).put("detail", detail);
      case Outcome.Inconclusive(String reason) ->
          json.put("outcome", "inconclusive")
              .put("cause", Cause.LOCAL.label())
              .put("detail", reason);
    };
  }
}
