package dev.allclear.probes.journey;

import java.time.Duration;
import java.util.List;

/// What a user does: ordered steps, all within the deadline. The first step that does not pass ends
/// the run.
public record Journey(String name, Duration deadline, List<Step> steps) {
  public Journey {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a journey without steps");
    }
  }

  public static Journey of(String name, Duration deadline, List<Step> steps) {
    return new Journey(name, deadline, steps);
  }
}
