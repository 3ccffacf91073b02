package dev.allclear.agent.demo;

import java.time.Duration;
import java.util.Locale;

/// How a caching resolver treats the time to live that the authority gave.
public enum Manners {
  OBEYS,
  /// Raises it to a floor.
  CLAMPS,
  /// Obeys it, but serves an expired answer while it fetches a new one (RFC 8767).
  STALE;

  static final Duration FLOOR = Duration.ofSeconds(8);

  Duration effective(Duration ttl) {
    return switch (this) {
      case OBEYS, STALE -> ttl;
      case CLAMPS -> ttl.compareTo(FLOOR) < 0 ? FLOOR : ttl;
    };
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
