package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import java.util.List;
import java.util.Optional;

/// What was claimed of an outage, in the order of the times that were told.
record Claims(List<Claim> all) {
  Claims {
    all = List.copyOf(all);
  }

  static Claims of(Incident incident) {
    return new Claims(incident.claims().stream().map(Event.Claimed::claim).toList());
  }

  <T extends Said> List<Told<T>> of(Class<T> type) {
    return all.stream()
        .filter(claim -> type.isInstance(claim.said()))
        .map(claim -> new Told<>(claim.when(), type.cast(claim.said())))
        .toList();
  }

  <T extends Said> Optional<Told<T>> first(Class<T> type) {
    return of(type).stream().findFirst();
  }

  <T extends Said> Optional<Told<T>> last(Class<T> type) {
    return of(type).reversed().stream().findFirst();
  }

  /// One claim of a type that is known.
  record Told<T extends Said>(Bounds when, T said) {}
}
