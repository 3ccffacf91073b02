package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Incident;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Span;
import java.util.Comparator;
import java.util.Optional;

/// M2: when somebody or something began to do something about it, and how long that was after the
/// onset and after the detection. The first claim of it tells; without one it is unknown, never 0.
public record Remediation(Bounds started, Span afterOnset, Span afterDetection) {

  static Optional<Remediation> of(Incident incident, Claims claims) {
    return claims.all().stream()
        .filter(claim -> claim.said().isRemediation())
        .map(Claim::when)
        .min(Comparator.comparing((Bounds when) -> when.likely().wall()))
        .map(when ->
            new Remediation(
                when, incident.onset().until(when), Bounds.at(incident.detected()).until(when)));
  }
}
