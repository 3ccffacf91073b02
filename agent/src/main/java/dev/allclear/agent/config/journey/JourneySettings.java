package dev.allclear.agent.config.journey;

import dev.allclear.probes.journey.Journey;
import java.time.Duration;

/// A journey, and how often it runs while the service is healthy.
public record JourneySettings(Journey journey, Duration every) {

  /// The name of the journey that detection makes.
  public static final String DETECT = "detect";
}
