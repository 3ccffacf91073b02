package dev.allclear.probes.journey;

import dev.allclear.probes.Moment;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Undoes what the steps of a run did, each step of it whatever became of the others. Used on the
/// run's thread, also when the run was interrupted: then it gets a moment, since what is left
/// behind by every restart of the agent piles up.
final class Cleanup {

  /// All that an interrupted run may take.
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private final Session session;
  private final Conductor conductor;
  private final List<Step> steps;
  private final Duration reserve;
  private final List<StepRun> runs = new ArrayList<>();

  Cleanup(Session session, Conductor conductor, List<Step> steps, Duration reserve) {
    this.session = session;
    this.conductor = conductor;
    this.steps = steps;
    this.reserve = reserve;
  }

  List<StepRun> run() {
    boolean interrupted = Thread.interrupted();
    try {
      Moment begin = session.clock().now();
      Moment end = begin.plus(interrupted ? Budget.shorter(reserve, MOMENT) : reserve);
      for (Step step : steps) {
        runs.add(take(step, end));
      }
      return runs;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private StepRun take(Step step, Moment end) {
    Moment start = session.clock().now();
    Set<String> missing = session.values().missing(step.variables());
    if (!missing.isEmpty()) {
      return StepRun.skipped(step.name(), start, "no value for " + String.join(", ", missing));
    }
    Duration left = start.until(end);
    if (Thread.currentThread().isInterrupted() || !left.isPositive()) {
      return StepRun.skipped(
          step.name(), start, left.isPositive() ? "interrupted" : "no time is left");
    }
    Duration share = Budget.share(left, steps.size() - runs.size());
    return conductor.take(step, start, share).run();
  }
}
