package dev.allclear.probes.journey;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a step is taken: how long one attempt may take, and what is waited for, if anything.
public record Conduct(Duration timeout, @Nullable Until until) {

  public static Conduct within(Duration timeout) {
    return new Conduct(timeout, null);
  }

  public Conduct until(@Nullable Until awaited) {
    return new Conduct(timeout, awaited);
  }
}
