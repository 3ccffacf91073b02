package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// What runs of probes came to and how long they took.
final class RunMeters {
  private static final Gauges.Family UP =
      new Gauges.Family(
          "allclear.probe.up", null, "Whether the last conclusive run passed (1) or failed (0).");

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Gauges gauges;
  private final StepMeters steps;

  RunMeters(MeterRegistry registry, Gauges gauges) {
    this.registry = registry;
    this.gauges = gauges;
    steps = new StepMeters(registry, gauges);
  }

  void observed(Cell cell, Observation observation) {
    Tags owner = Labels.of(cell, observation.probe());
    runs(owner, observation).increment();
    duration(owner, observation).record(observation.length());
    steps.observed(owner, observation);
    switch (observation.outcome()) {
      case Outcome.Passed _, Outcome.Slow _ -> gauges.show(UP, owner, 1);
      case Outcome.Failed _ -> gauges.show(UP, owner, 0);
      case Outcome.Inconclusive _ -> {}
    }
  }

  private Counter runs(Tags owner, Observation observation) {
    return Counter.builder("allclear.probe.runs")
        .description("Runs of a probe that ended, by what they established.")
        .tags(owner.and("depth", observation.depth().label()).and(outcome(observation.outcome())))
        .register(registry);
  }

  private static Tags outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> Tags.of("outcome", "pass", "cause", "none");
      case Outcome.Slow(String _) -> Tags.of("outcome", "slow", "cause", "none");
      case Outcome.Failed(Cause cause, String _) ->
          Tags.of("outcome", "fail", "cause", cause.label());
      case Outcome.Inconclusive(String _) ->
          Tags.of("outcome", "inconclusive", "cause", Cause.LOCAL.label());
    };
  }

  private Timer duration(Tags owner, Observation observation) {
    return Timer.builder("allclear.probe.duration")
        .description("How long runs of a probe took, whatever they established.")
        .tags(owner.and("depth", observation.depth().label()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
