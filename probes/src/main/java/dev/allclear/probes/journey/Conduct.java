package dev.allclear.probes.journey;

import java.time.Duration;

/// How a step is taken: how long it may take.
public record Conduct(Duration timeout) {

  public static Conduct within(Duration timeout) {
    return new Conduct(timeout);
  }
}
