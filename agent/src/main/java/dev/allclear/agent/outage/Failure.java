package dev.allclear.agent.outage;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Evidence;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run that failed, as it is kept with its incident. `step` is empty if no step was to blame;
/// `evidence` is null where nothing was sent.
public record Failure(
    Moment at, String probe, String step, Cause cause, String detail, @Nullable Evidence evidence) {

  /// Of several failures of one kind the first says enough.
  public record Kind(String probe, String step, Cause cause) {}

  /// The probe, and the step if one was to blame.
  public String where() {
    return step.isEmpty() ? probe : probe + ", " + step;
  }

  public Kind kind() {
    return new Kind(probe, step, cause);
  }

  static Optional<Failure> of(Observation observation) {
    if (!(observation.outcome() instanceof Outcome.Failed(Cause cause, String detail))) {
      return Optional.empty();
    }
    Optional<StepRun> step = observation.failedStep();
    return Optional.of(
        new Failure(
            observation.end(),
            observation.probe(),
            step.map(StepRun::name).orElse(""),
            cause,
            detail,
            step.map(StepRun::evidence).orElse(null)));
  }
}
