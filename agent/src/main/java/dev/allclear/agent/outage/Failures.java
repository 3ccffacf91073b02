package dev.allclear.agent.outage;

import dev.allclear.probes.Observation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The failures of a cell since its first doubt: the first of each kind is kept, {@link #MOST} in
/// all; every one is counted. `fresh` are those kept but not yet written down; of the others only
/// the kind is remembered.
public record Failures(Set<Failure.Kind> kinds, List<Failure> fresh, long runs) {

  /// What an incident keeps.
  public static final int MOST = 10;

  public static final Failures NONE = new Failures(Set.of(), List.of(), 0);

  public Failures {
    kinds = Set.copyOf(kinds);
    fresh = List.copyOf(fresh);
  }

  /// What an incident has kept and counted before.
  public static Failures resumed(Failed failed) {
    Set<Failure.Kind> kinds = new HashSet<>();
    failed.kept().forEach(failure -> kinds.add(failure.kind()));
    return new Failures(kinds, List.of(), Math.max(failed.runs(), failed.kept().size()));
  }

  public Failures after(Observation observation) {
    Optional<Failure> failure = Failure.of(observation);
    if (failure.isEmpty()) {
      return this;
    }
    if (kinds.size() >= MOST || kinds.contains(failure.get().kind())) {
      return new Failures(kinds, fresh, runs + 1);
    }
    Set<Failure.Kind> more = new HashSet<>(kinds);
    more.add(failure.get().kind());
    List<Failure> longer = new ArrayList<>(fresh);
    longer.add(failure.get());
    return new Failures(more, longer, runs + 1);
  }

  /// With those that were fresh now written down.
  public Failures written() {
    return fresh.isEmpty() ? this : new Failures(kinds, List.of(), runs);
  }
}
