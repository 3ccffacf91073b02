package dev.allclear.agent.config;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.recovery.DownWhen;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.probes.journey.Journey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A service: how it is probed, and what decides that it is down and verified again. `resolver` is
/// whom its probes ask for addresses, by name; null is the system's. `dependsOn` are other services
/// of the file, and `controlPlane` those through which it is recovered; `downWhen` is what makes of
/// its regions' outages one of its own.
public record ServiceSettings(
    String name,
    Policy policy,
    Map<String, Region> regions,
    @Nullable Detect detect,
    Verify verify,
    @Nullable String resolver,
    List<String> dependsOn,
    List<String> controlPlane,
    DownWhen downWhen,
    @Nullable Runbook runbook) {

  /// The shallow probe: a journey of one step.
  public record Detect(Journey probe, Duration every, Tripwire tripwire) {}

  /// Whether a connection is held open to notice that it breaks, and how often something is asked
  /// on it; null leaves it idle.
  public record Tripwire(boolean on, @Nullable Duration ping) {
    public static final Tripwire IDLE = new Tripwire(true, null);
    public static final Tripwire OFF = new Tripwire(false, null);
  }

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
    dependsOn = List.copyOf(dependsOn);
    controlPlane = List.copyOf(controlPlane);
  }

  /// What is said beforehand of its recovery.
  public Expected expected() {
    return new Expected(
        dependsOn,
        runbook == null ? List.of() : runbook.steps(),
        List.copyOf(regions.keySet()),
        downWhen,
        controlPlane);
  }

  /// Each target region by itself, or all as one.
  public List<Cell> cells() {
    return regions.isEmpty()
        ? List.of(new Cell(name, Cell.GLOBAL))
        : regions.keySet().stream().map(region -> new Cell(name, region)).toList();
  }
}
