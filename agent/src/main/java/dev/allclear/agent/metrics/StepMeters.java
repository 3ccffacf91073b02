package dev.allclear.agent.metrics;

import dev.allclear.probes.Depth;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the steps of journeys came to. At most thirteen series a step, whatever its URL: six
/// phases, five outcomes, the tries of one that polls, and who answered.
final class StepMeters {
  private static final Gauges.Family PHASE =
      new Gauges.Family(
          "allclear.step.phase",
          "seconds",
          "Where the time of each HTTP step of the last run went; 0 if the phase did not happen.");

  private static final Gauges.Family TRIES =
      new Gauges.Family(
          "allclear.step.tries",
          null,
          "How often a step that waits for something asked in the last run.");

  private static final Gauges.Family SERVER =
      new Gauges.Family(
          "allclear.step.server.info",
          null,
          "Who gave the last answer of a step that reads served-by or version from it.");

  /// An answer may say anything.
  private static final int MOST_SERVERS = 5;

  /// A step that is asked of many addresses has many names.
  private static final int MOST_STEPS = 100;

  private final MeterRegistry registry;
  private final Gauges gauges;
  private final Bounded<Tags> names = new Bounded<>(MOST_STEPS);
  private final Recent<Tags> servers = new Recent<>(MOST_SERVERS);
  private final Recent<Tags> versions = new Recent<>(MOST_SERVERS);

  StepMeters(MeterRegistry registry, Gauges gauges) {
    this.registry = registry;
    this.gauges = gauges;
  }

  void observed(Tags owner, Observation observation) {
    gauges.show(PHASE, owner, phases(owner, observation.steps()));
    if (observation.depth() == Depth.DNS) {
      return;
    }
    gauges.show(TRIES, owner, tries(owner, observation.steps()));
    gauges.show(SERVER, owner, servers(owner, observation.steps()));
    observation.steps().forEach(step -> count(owner, step, "journey"));
    observation.cleanup().forEach(step -> count(owner, step, "cleanup"));
  }

  private void count(Tags owner, StepRun step, String part) {
    Tags whose = owner.and("step", names.of(owner, step.name()), "part", part);
    // Both from the first run on: a counter that appears with its first increment hides it from
    // increase().
    runs(whose, "pass");
    runs(whose, "fail");
    runs(whose, outcome(step)).increment();
  }

  private static String outcome(StepRun step) {
    return step.isSkipped()
        ? "skipped"
        : switch (step.outcome()) {
          case Outcome.Passed() -> "pass";
          case Outcome.Slow _ -> "slow";
          case Outcome.Failed _ -> "fail";
          case Outcome.Inconclusive _ -> "inconclusive";
        };
  }

  private Counter runs(Tags whose, String outcome) {
    return Counter.builder("allclear.step.runs")
        .description("Steps of journeys that were taken or skipped, by what they established.")
        .tags(whose.and("outcome", outcome))
        .register(registry);
  }

  private Map<Tags, Double> tries(Tags owner, List<StepRun> steps) {
    Map<Tags, Double> readings = new HashMap<>();
    for (StepRun step : steps) {
      if (step.manner() instanceof Manner.Polled(int tries)) {
        readings.put(Tags.of("step", names.of(owner, step.name())), (double) tries);
      }
    }
    return readings;
  }

  /// Of a step that was sent again the answer that counted.
  private Map<Tags, Double> servers(Tags owner, List<StepRun> steps) {
    Map<Tags, Double> readings = new HashMap<>();
    for (StepRun step : steps) {
      if (step.reply() instanceof Reply.Http http
          && !http.labels().equals(Reply.Labels.NONE)
          && !(step.outcome() instanceof Outcome.Inconclusive)) {
        Tags named = Tags.of("step", names.of(owner, step.name()));
        Tags whose = owner.and(named);
        readings.put(
            named.and(
                "served_by", servers.of(whose, http.labels().servedBy(), step.end()),
                "version", versions.of(whose, http.labels().version(), step.end())),
            1.0);
      }
    }
    return readings;
  }

  private Map<Tags, Double> phases(Tags owner, List<StepRun> steps) {
    Map<Tags, Double> readings = new HashMap<>();
    for (StepRun step : steps) {
      if (step.reply() instanceof Reply.Http http) {
        String name = names.of(owner, step.name());
        http.phases()
            .named()
            .forEach((phase, length) ->
                readings.put(Tags.of("step", name, "phase", phase), Seconds.of(length)));
      }
    }
    return readings;
  }
}
