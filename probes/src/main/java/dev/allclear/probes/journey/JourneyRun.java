package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.http.Carrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One walk through a journey, on the thread that calls {@link #walk}.
final class JourneyRun implements AutoCloseable {

  private final Journey journey;
  private final Depth depth;
  private final Clock clock;
  private final Session session;
  private final Conductor conductor;
  private final Budget budget;
  private final List<StepRun> steps = new ArrayList<>();

  JourneyRun(
      Journey journey,
      Depth depth,
      Clock clock,
      Addresses addresses,
      RandomGenerator random,
      boolean evidenceOfAll,
      @Nullable Carrier carrier) {
    this.journey = journey;
    this.depth = depth;
    this.clock = clock;
    session = new Session(journey, clock, addresses, random, evidenceOfAll, carrier);
    conductor = new Conductor(session);
    // Last: the first client to use TLS loads a trust store, which is not the target's time.
    budget = new Budget(clock.now(), journey.deadline(), journey.reserve());
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
    return new Observation(
        journey.name(), depth, budget.begin(), end, steps, inAll(outcome, end), cleanUp());
  }

  /// A run that asked nothing established nothing; one that took its time is slow.
  private Outcome inAll(Outcome outcome, Moment end) {
    if (outcome.isPass() && steps.stream().allMatch(StepRun::isSkipped)) {
      return Outcome.inconclusive("every step was skipped");
    }
    Duration within = journey.within();
    Duration taken = budget.begin().until(end);
    return within == null || taken.compareTo(within) <= 0
        ? outcome
        : outcome.then(
            Outcome.slow(
                "the journey took %s, its objective is %s"
                    .formatted(Figures.length(taken), Figures.written(within))));
  }

  @Override
  public void close() {
    session.close();
  }

  /// The outcome of the journey as far as the end of this step.
  private Outcome take(Step step) {
    Moment start = steps.isEmpty() ? budget.begin() : clock.now();
    Duration left = budget.left(start);
    if (Thread.currentThread().isInterrupted()) {
      return Outcome.inconclusive("interrupted");
    }
    if (!left.isPositive()) {
      return tooLate(step);
    }
    Conductor.Taken taken = conductor.take(step, start, left);
    boolean blameless = taken.cut() && !steps.isEmpty();
    StepRun run = taken.run();
    session.takeNotes().forEach(note -> steps.add(blameless ? excused(note) : note));
    steps.add(blameless ? excused(run) : run);
    if (run.isSkipped()) {
      return Outcome.pass();
    }
    return blameless ? tooLate(step) : run.outcome();
  }

  /// What was never sent left nothing behind.
  private List<StepRun> cleanUp() {
    if (steps.stream().allMatch(step -> step.reply() instanceof Reply.Nothing)) {
      return List.of();
    }
    List<StepRun> runs =
        new Cleanup(session, conductor, journey.cleanup(), journey.reserve()).run();
    return Stream.concat(session.takeNotes().stream(), runs.stream()).toList();
  }

  private static StepRun excused(StepRun run) {
    return run.outcome().isPass()
        ? run
        : run.withOutcome(Outcome.inconclusive("the journey's deadline ended it"));
  }

  /// The fault of all steps so far: naming the last one would prove too much, that it failed within
  /// what little time was left for it.
  private Outcome tooLate(Step step) {
    Duration reserve = journey.reserve();
    return Outcome.fail(
        Cause.TIMEOUT,
        "the journey's deadline of %s%s ended %s"
            .formatted(
                Figures.written(journey.deadline()),
                reserve.isZero()
                    ? ""
                    : ", less %s for cleanup,".formatted(Figures.written(reserve)),
                session.mask().quoted(step.name())));
  }
}
