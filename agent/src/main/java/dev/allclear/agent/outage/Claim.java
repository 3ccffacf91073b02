package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import java.time.Instant;

/// What somebody says happened, and when: the time as it was said, give or take its source's error.
/// Said again with the same `key`, it is nothing new. `actor` is who says it, empty if that is not
/// told.
public record Claim(String key, String actor, Bounds when, Said said) {

  public Claim {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a claim without a key");
    }
  }

  /// As it was said. Among times of several sessions only the wall clock tells what came first.
  public Instant time() {
    return when.likely().wall();
  }
}
