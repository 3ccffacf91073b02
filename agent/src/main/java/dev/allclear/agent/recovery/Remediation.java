package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// M2: when somebody or something began to do something about it, and how long that was after the
/// onset and after the detection. The first claim of it tells; without one it is unknown, never 0.
public record Remediation(Bounds started, Span afterOnset, Span afterDetection) {

  static Optional<Remediation> of(Incident incident, Claims claims) {
    return Stream.of(
            claims.first(Said.RemediationStarted.class).map(Claims.Told::when),
            claims.first(Said.StepStarted.class).map(Claims.Told::when),
            claims.first(Said.RollbackStarted.class).map(Claims.Told::when))
        .flatMap(Optional::stream)
        .min(Comparator.comparing((Bounds when) -> when.likely().wall()))
        .map(when ->
            new Remediation(
                when, incident.onset().until(when), Bounds.at(incident.detected()).until(when)));
  }

  /// Whether nobody has said so in so long a time since the detection.
  static boolean isOverdue(Incident incident, Claims claims, Duration patience, Moment now) {
    return incident.verified().isEmpty()
        && of(incident, claims).isEmpty()
        && incident.detected().until(now).compareTo(patience) > 0;
  }
}
