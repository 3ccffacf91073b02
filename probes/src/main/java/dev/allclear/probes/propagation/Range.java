package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;

/// Instants from `lo` to `hi` on the monotonic clock of one session, in nanoseconds.
record Range(long lo, long hi) {
  static final long SECOND = 1_000_000_000L;

  /// Two clocks run apart by at most 200 millionths: a crystal's error and what NTP bends it by.
  private static final long PARTS = 5_000;

  private static final long JITTER = 2_000_000;

  /// How far two clocks may part within this length.
  static long drift(long length) {
    return JITTER + Math.abs(length) / PARTS;
  }

  boolean meets(Range other) {
    return lo <= other.hi && other.lo <= hi;
  }

  Range and(Range other) {
    return new Range(Math.max(lo, other.lo), Math.min(hi, other.hi));
  }

  /// The least range that holds both.
  Range or(Range other) {
    return new Range(Math.min(lo, other.lo), Math.max(hi, other.hi));
  }

  Range plus(long length) {
    return new Range(lo + length, hi + length);
  }

  Range widen(long length) {
    return new Range(lo - length, hi + length);
  }

  long width() {
    return hi - lo;
  }

  long middle() {
    return lo + width() / 2;
  }

  /// As bounds, told from a moment of the same session.
  Bounds near(Moment known) {
    return Bounds.between(moment(known, lo), moment(known, hi));
  }

  static Moment moment(Moment known, long nanos) {
    return known.plus(Duration.ofNanos(nanos - known.nanos()));
  }
}
