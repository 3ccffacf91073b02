package dev.allclear.agent.simulation;

import dev.allclear.agent.ledger.Pulse;
import dev.allclear.agent.ledger.Store;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.probes.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A ledger in lists: what is on it outlives the agent.
final class Shelf implements Store {
  private final List<Change> changes = new ArrayList<>();
  private final Map<Moment, Suspicion> kept = new TreeMap<>();
  private @Nullable Pulse pulse;

  @Override
  public void append(List<Change> more) {
    changes.addAll(more);
  }

  @Override
  public List<Change> changes() {
    return List.copyOf(changes);
  }

  @Override
  public void keep(String incident, List<Failure> failures, long runs) {}

  @Override
  public Failed failed(String incident) {
    return Failed.NOTHING;
  }

  @Override
  public void keep(List<Suspicion> suspicions) {
    suspicions.forEach(each -> kept.put(each.at(), each));
  }

  /// What was seen of each.
  List<Suspicion> suspicions() {
    return List.copyOf(kept.values());
  }

  @Override
  public void pulse(Pulse newest) {
    pulse = newest;
  }

  @Override
  public Optional<Pulse> lastPulse() {
    return Optional.ofNullable(pulse);
  }
}
