package dev.allclear.probes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A fact: this probe began at `begin`, ended at `end`, and passed or failed so.
public record Observation(
    String probe, Depth depth, Moment begin, Moment end, List<StepRun> steps, Outcome outcome) {

  public Observation {
    if (end.isBefore(begin)) {
      throw new IllegalArgumentException("end < begin");
    }
    steps = List.copyOf(steps);
  }

  public Duration length() {
    return begin.until(end);
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
