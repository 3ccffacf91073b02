package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Probe;

/// Walks a journey. Each run has its own cookies, variables and connections. Any number of threads
/// may run it; they should be virtual, since only those can be interrupted while they read.
public final class JourneyProbe implements Probe {

  private final Journey journey;
  private final Depth depth;
  private final Clock clock;
  private final Addresses addresses;
  private final boolean evidenceOfAll;

  public JourneyProbe(Journey journey, Depth depth, Clock clock, Addresses addresses) {
    this(journey, depth, clock, addresses, false);
  }

  private JourneyProbe(
      Journey journey, Depth depth, Clock clock, Addresses addresses, boolean evidenceOfAll) {
    this.journey = journey;
    this.depth = depth;
    this.clock = clock;
    this.addresses = addresses;
    this.evidenceOfAll = evidenceOfAll;
  }

  /// The same, with evidence of every step and not only of those that fail.
  public JourneyProbe withEvidenceOfAll() {
    return new JourneyProbe(journey, depth, clock, addresses, true);
  }

  @Override
  public String name() {
    return journey.name();
  }

  @Override
  public Depth depth() {
    return depth;
  }

  @Override
  public Observation run() {
    try (JourneyRun run = new JourneyRun(journey, depth, clock, addresses, evidenceOfAll)) {
      return run.walk();
    }
  }
}
