package dev.allclear.probes.readiness;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A cache that users depend on: the TTL it keeps, the mean time between its users' questions (null
/// if it is busy, so that an entry is always there), and its share of users.
public record Demand(String resolver, Duration ttl, @Nullable Duration pause, double weight) {
  public Demand {
    if (ttl.isNegative() || weight < 0 || (pause != null && pause.isNegative())) {
      throw new IllegalArgumentException("negative TTL, pause or weight: " + resolver);
    }
  }

  /// The share of its users' time in which no old entry is left, so long after every authority was
  /// new: `1 - max(0, T - u) / (T + 1/lambda)`.
  double covered(Duration since) {
    double cycle = seconds(ttl) + (pause == null ? 0 : seconds(pause));
    return cycle == 0 ? 1 : 1 - Math.max(0, seconds(ttl) - Math.max(0, seconds(since))) / cycle;
  }

  static double seconds(Duration length) {
    return length.toNanos() / 1e9;
  }
}
