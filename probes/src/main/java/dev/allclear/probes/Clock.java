package dev.allclear.probes;

import java.time.Duration;

/// Reads the wall clock and the monotonic clock together.
@FunctionalInterface
public interface Clock {
  Moment now();

  /// How long the machine has been suspended since it was started, which moments include.
  default Duration slept() {
    return Duration.ZERO;
  }
}
