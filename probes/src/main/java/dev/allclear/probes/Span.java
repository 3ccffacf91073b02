package dev.allclear.probes;

import java.time.Duration;

/// A length known only to lie in [min, max]; `likely` is for people and never decides a verdict.
public record Span(Duration min, Duration likely, Duration max) {

  public static final Span ZERO = new Span(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  public Span {
    if (min.isNegative() || max.compareTo(min) < 0) {
      throw new IllegalArgumentException("not 0 <= min <= max: " + min + " to " + max);
    }
  }

  /// Brings raw differences into shape: no length is negative, and `likely` lies inside.
  public static Span of(Duration min, Duration likely, Duration max) {
    Duration low = later(min, Duration.ZERO);
    Duration high = later(max, low);
    return new Span(low, earlier(high, later(likely, low)), high);
  }

  public Span plus(Span other) {
    return new Span(min.plus(other.min), likely.plus(other.likely), max.plus(other.max));
  }

  public Duration width() {
    return max.minus(min);
  }

  private static Duration earlier(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration later(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
