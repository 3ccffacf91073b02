package dev.allclear.agent.config;

import dev.allclear.agent.outage.Policy;
import dev.allclear.probes.journey.Journey;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A service: how it is probed, and what decides that it is down and verified again. `resolver` is
/// whom its probes ask for addresses, by name; null is the system's.
public record ServiceSettings(
    String name,
    Policy policy,
    Map<String, Region> regions,
    @Nullable Detect detect,
    Verify verify,
    @Nullable String resolver,
    @Nullable URI runbook) {

  /// The shallow probe: a journey of one step.
  public record Detect(Journey probe, Duration every) {}

  /// The names of the journeys and lookups that have to pass for recovery.
  public record Verify(List<String> journeys, List<String> dns) {
    public Verify {
      journeys = List.copyOf(journeys);
      dns = List.copyOf(dns);
    }
  }

  public ServiceSettings {
    regions = Settings.inOrder(regions);
  }
}
