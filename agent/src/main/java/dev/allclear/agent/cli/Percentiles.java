package dev.allclear.agent.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/// Lengths in order. A percentile is one of them, by nearest rank.
final class Percentiles {
  private final Duration[] sorted;

  Percentiles(Collection<Duration> lengths) {
    sorted = lengths.toArray(Duration[]::new);
    Arrays.sort(sorted);
  }

  int count() {
    return sorted.length;
  }

  /// The shortest length that so many percent of all do not exceed; zero if there are none.
  Duration at(int percent) {
    return sorted.length == 0
        ? Duration.ZERO
        : sorted[Math.max(0, Math.ceilDiv(sorted.length * percent, 100) - 1)];
  }

  Duration max() {
    return at(100);
  }
}
