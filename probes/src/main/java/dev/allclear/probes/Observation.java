package dev.allclear.probes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A fact: this probe began at `begin`, ended at `end`, and passed or failed so. `cleanup` is what
/// it tidied up after that; it proves nothing about the target. `broke` is when a held connection
/// to the target broke, which made this probe look; null if it looked of itself.
public record Observation(
    String probe,
    Depth depth,
    Moment begin,
    Moment end,
    List<StepRun> steps,
    Outcome outcome,
    List<StepRun> cleanup,
    @Nullable Moment broke) {

  public Observation {
    if (end.isBefore(begin)) {
      throw new IllegalArgumentException("end < begin");
    }
    steps = List.copyOf(steps);
    cleanup = List.copyOf(cleanup);
  }

  /// Of a probe that looked of itself.
  public Observation(
      String probe,
      Depth depth,
      Moment begin,
      Moment end,
      List<StepRun> steps,
      Outcome outcome,
      List<StepRun> cleanup) {
    this(probe, depth, begin, end, steps, outcome, cleanup, null);
  }

  /// Of a probe that leaves nothing behind.
  public Observation(
      String probe, Depth depth, Moment begin, Moment end, List<StepRun> steps, Outcome outcome) {
    this(probe, depth, begin, end, steps, outcome, List.of());
  }

  /// The same, but a broken connection made it look.
  public Observation afterBreak(Moment at) {
    return new Observation(probe, depth, begin, end, steps, outcome, cleanup, at);
  }

  /// The same run, read as one of another probe.
  public Observation as(String other, Outcome reading) {
    return new Observation(other, depth, begin, end, steps, reading, cleanup, broke);
  }

  public Duration length() {
    return begin.until(end);
  }

  /// When it could be told, after the cleanup: no decision that rests on it is older.
  public Moment told() {
    return cleanup.stream().map(StepRun::end).reduce(end, Moment::later);
  }

  public Optional<StepRun> failedStep() {
    return steps.stream().filter(step -> step.outcome().isFail()).findFirst();
  }

  /// The interval in which the outcome was true of the target at some instant: for a failure its
  /// failing step, else the whole run.
  public Bounds proof() {
    return outcome.isFail()
        ? failedStep().map(StepRun::proof).orElseGet(() -> Bounds.between(begin, end))
        : Bounds.between(begin, end);
  }
}
