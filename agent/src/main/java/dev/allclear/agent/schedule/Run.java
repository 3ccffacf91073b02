package dev.allclear.agent.schedule;

import dev.allclear.probes.Observation;
import java.time.Duration;

/// One run of a check. `lateness` is how long after it was due it began; `skipped` are the runs
/// that had been due in between and were left out; `postponed` tells whether a budget held it up.
public record Run(
    Check check,
    Observation observation,
    Duration lateness,
    long skipped,
    boolean postponed,
    Purpose purpose) {

  /// For which there was room in every budget.
  public Run(Check check, Observation observation, Duration lateness, long skipped) {
    this(check, observation, lateness, skipped, false, Purpose.POLL);
  }

  /// The same run, of which more is known.
  public Run seeing(Observation other) {
    return new Run(check, other, lateness, skipped, postponed, purpose);
  }
}
