package dev.allclear.probes.readiness;

import java.time.Duration;

/// How long one thing may hold a failover back: a link's TTL, a resolver's floor, a negative
/// answer, a delegation. `name` is what people are told.
public record Delay(String name, Duration length) {
  public Delay {
    if (length.isNegative()) {
      throw new IllegalArgumentException("negative delay: " + name);
    }
  }
}
