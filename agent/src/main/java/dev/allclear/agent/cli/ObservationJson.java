package dev.allclear.agent.cli;

import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Manner;
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
    JsonObject json =
        outcome(new JsonObject().put("probe", observation.probe()), observation.outcome())
            .put("depth", observation.depth().label())
            .put("begin", observation.begin().wall())
            .put("seconds", observation.length())
            .put("steps", steps(observation.steps()));
    return Json.write(
        observation.cleanup().isEmpty() ? json : json.put("cleanup", steps(observation.cleanup())));
  }

  static List<JsonObject> steps(List<StepRun> steps) {
    return steps.stream().map(ObservationJson::step).toList();
  }

  private static JsonObject step(StepRun step) {
    JsonObject json = outcome(new JsonObject().put("name", step.name()), step);
    json.put("seconds", step.length());
    manner(json, step.manner());
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

  private static JsonObject outcome(JsonObject json, StepRun step) {
    return step.manner() instanceof Manner.Skipped(String reason)
        ? json.put("outcome", "skipped").put("detail", reason)
        : outcome(json, step.outcome());
  }

  private static void manner(JsonObject json, Manner manner) {
    switch (manner) {
      case Manner.Once(), Manner.Skipped(String _) -> {}
      case Manner.Polled(int tries) -> json.put("tries", tries);
      case Manner.Burst(int size, Duration fastest, Duration median, Duration slowest) ->
          json.put("atOnce", size)
              .put("fastest", fastest)
              .put("median", median)
              .put("slowest", slowest);
      case Manner.Across(List<String> regions) -> json.put("regions", regions);
    }
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
      case Outcome.Failed(Cause cause, String detail) ->
          json.put("outcome", "fail").put("cause", cause.label()).put("detail", detail);
      case Outcome.Inconclusive(String reason) ->
          json.put("outcome", "inconclusive")
              .put("cause", Cause.LOCAL.label())
              .put("detail", reason);
    };
  }
}
