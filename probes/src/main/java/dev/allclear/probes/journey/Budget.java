package dev.allclear.probes.journey;

import dev.allclear.probes.Moment;
import java.time.Duration;

/// What is left of a run's time: `reserve` of the deadline is kept from the steps, for the cleanup.
record Budget(Moment begin, Duration deadline, Duration reserve) {

  /// For the steps; zero or less if it is over.
  Duration left(Moment now) {
    return deadline.minus(reserve).minus(begin.until(now));
  }

  /// One step's part of what is left for so many, in whole milliseconds: none of them can use up
  /// the time of those after it.
  static Duration share(Duration left, int steps) {
    return Duration.ofMillis(Math.max(1, left.dividedBy(steps).toMillis()));
  }

  static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
