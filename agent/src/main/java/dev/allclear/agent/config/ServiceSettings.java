package dev.allclear.agent.config;

import dev.allclear.agent.outage.Policy;
import dev.allclear.probes.journey.Journey;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /// The journeys that have to pass for recovery, by name, and the lookups that have to have
  /// converged, each with the names of the resolvers that count; none are all.
  public record Verify(List<String> journeys, Map<String, Set<String>> dns) {
    public Verify {
      journeys = List.copyOf(journeys);
      dns = Settings.inOrder(dns);
    }
  }

  public ServiceSettings {
    regions = Settings.inOrder(regions);
  }
}
