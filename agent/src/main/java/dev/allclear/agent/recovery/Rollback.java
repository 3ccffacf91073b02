package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Span;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// M10: a rollback as it was claimed, and how long from its start until the service was verified.
/// `taken` is null until its end is claimed, `verified` until the service is; `read` is when the
/// version that every journey reads became the one before, null unless it is that.
public record Rollback(
    String from,
    String to,
    Bounds started,
    @Nullable Span taken,
    @Nullable Span verified,
    @Nullable Bounds read) {
  private static final String VERSION = "version";

  static Optional<Rollback> of(Incident incident, Claims claims) {
    return claims.last(Said.RollbackStarted.class).map(begun -> of(incident, claims, begun));
  }

  private static Rollback of(
      Incident incident, Claims claims, Claims.Told<Said.RollbackStarted> begun) {
    Span taken =
        claims
            .last(Said.RollbackCompleted.class)
            .filter(end -> !end.when().isBefore(begun.when()))
            .map(end -> begun.when().until(end.when()))
            .orElse(null);
    Span verified = incident.verified().map(end -> begun.when().until(Bounds.at(end))).orElse(null);
    return new Rollback(
        begun.said().from(),
        begun.said().to(),
        begun.when(),
        taken,
        verified,
        read(incident, begun.said().to()));
  }

  private static @Nullable Bounds read(Incident incident, String to) {
    Collection<Event.Served> versions = versions(incident).values();
    return versions.stream().allMatch(each -> each.to().equals(Set.of(to)))
        ? versions.stream().map(Event.Served::shifted).reduce(Bounds::later).orElse(null)
        : null;
  }

  /// What each probe read last.
  private static Map<String, Event.Served> versions(Incident incident) {
    Map<String, Event.Served> last = new TreeMap<>();
    incident.served().stream()
        .filter(each -> each.label().equals(VERSION))
        .forEach(each -> last.put(each.probe(), each));
    return last;
  }

  /// In a sentence each, the journeys that read another version though the end was claimed.
  List<String> contradictions(Incident incident) {
    return taken == null || to.isEmpty()
        ? List.of()
        : versions(incident).values().stream()
            .filter(each -> !each.to().equals(Set.of(to)))
            .map(each ->
                "the rollback to %s is said to be complete, but `%s` reads %s"
                    .formatted(to, each.probe(), String.join(", ", new TreeSet<>(each.to()))))
            .toList();
  }
}
