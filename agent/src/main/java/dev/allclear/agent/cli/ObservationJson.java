package dev.allclear.agent.cli;

import dev.allclear.agent.json.EvidenceJson;
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
import org.jspecify.annotations.Nullable;

/// One run as JSON, on one line.
final class ObservationJson {
  private ObservationJson() {}

  /// `seed` decided what was left to chance; null if nothing was.
  static String write(Observation observation, @Nullable Long seed) {
    JsonObject json =
        outcome(new JsonObject().put("probe", observation.probe()), observation.outcome())
            .put("depth", observation.depth().label())
            .put("begin", observation.begin().wall())
            .put("seconds", observation.length())
            .put("steps", steps(observation.steps()));
    if (seed != null) {
      json.put("seed", seed);
    }
    return Json.write(
        observation.cleanup().isEmpty() ? json : json.put("cleanup", steps(observation.cleanup())));
  }

  static List<JsonObject> steps(List<StepRun> steps) {
    return steps.stream().map(ObservationJson::step).toList();
  }

  private static JsonObject step(StepRun step) {
    JsonObject json = outcome(new JsonObject().put("name", step.name()), step);
    json.put("begin", step.begin().wall()).put("seconds", step.length());
    manner(json, step.manner());
    reply(json, step.reply());
    return step.evidence() == null
        ? json
        : json.put("evidence", EvidenceJson.tree(step.evidence()));
  }

  private static JsonObject reply(JsonObject json, Reply reply) {
    return switch (reply) {
      case Reply.Nothing() -> json;
      case Reply.Http http ->
          json.put("request", http.request())
              .put("status", http.status() == 0 ? null : http.status())
              .put("protocol", http.protocol())
              .put("remote", http.remote())
              .put("bytes", http.bytes())
              .put("phases", phases(http.phases()))
              .put("hops", http.hops().stream().map(ObservationJson::hop).toList())
              .put("trace", orNull(http.trace()))
              .put("servedBy", orNull(http.labels().servedBy()))
              .put("version", orNull(http.labels().version()));
      case Reply.Dns dns ->
          HeardJson.put(
              json.put("server", dns.server())
                  .put("authority", dns.authority())
                  .put("rcode", dns.rcode())
                  .put("records", dns.records())
                  .put("ttl", dns.ttl().toSeconds()),
              dns.heard());
    };
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
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

  private static JsonObject hop(Reply.Hop hop) {
    return new JsonObject()
        .put("status", hop.status())
        .put("to", hop.to())
        .put("seconds", seconds(hop.length()));
  }

  static JsonObject phases(Phases phases) {
    JsonObject json = new JsonObject();
    phases.named().forEach((phase, length) -> json.put(phase, seconds(length)));
    return json;
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
