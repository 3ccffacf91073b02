package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Span;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// M10: a rollback as it was claimed, and how long from its start until the service was verified.
/// `taken` is null until its end is claimed, `verified` until the service is.
public record Rollback(
    String from, String to, Bounds started, @Nullable Span taken, @Nullable Span verified) {

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
    return new Rollback(begun.said().from(), begun.said().to(), begun.when(), taken, verified);
  }
}
