package dev.allclear.agent.metrics;

import java.time.Duration;
import java.time.Instant;

/// Lengths and times in Prometheus' base unit.
final class Seconds {
  private Seconds() {}

  static double of(Duration length) {
    return length.getSeconds() + length.getNano() / 1e9;
  }

  /// Since the epoch, rounded down to the millisecond.
  static double of(Instant time) {
    return time.toEpochMilli() / 1e3;
  }

  /// Since the epoch, rounded up: for upper bounds, and decisions, which come after them.
  static double up(Instant time) {
    return of(time.plusNanos(999_999));
  }
}
