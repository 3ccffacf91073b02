package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One walk through a journey, on the thread that calls {@link #walk}.
final class JourneyRun implements AutoCloseable {

  private final Journey journey;
  private final Depth depth;
  private final Clock clock;
  private final Session session;
  private final Moment begin;
  private final List<StepRun> steps = new ArrayList<>();

  JourneyRun(
      Journey journey, Depth depth, Clock clock, Addresses addresses, boolean evidenceOfAll) {
    this.journey = journey;
    this.depth = depth;
    this.clock = clock;
    session = new Session(journey, clock, addresses, evidenceOfAll);
    // Last: the first client to use TLS loads a trust store, which is not the target's time.
    begin = clock.now();
  }

  Observation walk() {
    Outcome outcome = Outcome.pass();
    for (Step step : journey.steps()) {
      outcome = outcome.then(take(step));
      if (!outcome.isPass()) {
        break;
      }
    }
    Moment end = steps.isEmpty() ? clock.now() : steps.getLast().end();
    return new Observation(journey.name(), depth, begin, end, steps, outcome);
  }

  @Override
  public void close() {
    session.close();
  }

  /// The outcome of the journey as far as the end of this step.
  private Outcome take(Step step) {
    Moment start = steps.isEmpty() ? begin : clock.now();
    Duration left = journey.deadline().minus(begin.until(start));
    if (Thread.currentThread().isInterrupted()) {
      return Outcome.inconclusive("interrupted");
    }
    if (!left.isPositive()) {
      return tooLate(step);
    }
    Duration timeout = step.conduct().timeout();
    boolean cut = left.compareTo(timeout) < 0;
    StepRun run = new Attempt(session, step, start, cut ? left : timeout).run();
    boolean blameless = cut && !steps.isEmpty() && isTimeout(run.outcome());
    steps.add(blameless ? excused(run) : run);
    return blameless ? tooLate(step) : run.outcome();
  }

  private static StepRun excused(StepRun run) {
    return run.withOutcome(Outcome.inconclusive("the journey's deadline ended it"));
  }

  /// The fault of all steps so far: naming the last one would prove too much, that it failed within
  /// what little time was left for it.
  private Outcome tooLate(Step step) {
    return Outcome.fail(
        Cause.TIMEOUT,
        "the journey's deadline of %s ended %s"
            .formatted(Diagnosis.text(journey.deadline()), session.mask().quoted(step.name())));
  }

  private static boolean isTimeout(Outcome outcome) {
    return outcome instanceof Outcome.Failed(Cause cause, String _) && cause == Cause.TIMEOUT;
  }
}
