package dev.allclear.probes.wire;

import java.time.Duration;

/// A packet to send somewhere, and how long to wait for its answer: connecting and securing
/// included.
public record Query(Route route, Packet packet, Duration timeout) {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  public Query {
    if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("timeout <= 0 or > 10m");
    }
  }
}
