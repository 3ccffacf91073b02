package dev.allclear.agent.report;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.recovery.Remediation;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One part of the way from onset to verified; together they are the whole way.
public record Phase(String name, Bounds from, Bounds to) {

  public Span taken() {
    return from.until(to);
  }

  /// As far as they have come by `now`. Without a claim nobody knows when the remediation began,
  /// and the way from detected to restored is one phase.
  public static List<Phase> of(Incident incident, Measures measures, Moment now) {
    List<Phase> phases = new ArrayList<>();
    Bounds detected = Bounds.at(incident.detected());
    Bounds end = incident.verified().map(Bounds::at).orElse(Bounds.at(now));
    Bounds restored = incident.restored().orElse(end);
    phases.add(new Phase("detection", incident.onset(), detected));
    phases.addAll(repair(detected, restored, measures.remediation()));
    if (incident.restored().isPresent()) {
      phases.add(new Phase("verification", restored, end));
    }
    return List.copyOf(phases);
  }

  private static List<Phase> repair(
      Bounds detected, Bounds restored, @Nullable Remediation remediation) {
    if (remediation == null
        || !detected.isBefore(remediation.started())
        || !remediation.started().isBefore(restored)) {
      return List.of(new Phase("repair", detected, restored));
    }
    return List.of(
        new Phase("reaction", detected, remediation.started()),
        new Phase("repair", remediation.started(), restored));
  }

  /// The one that surely took longest; empty where the bounds do not tell.
  public static Optional<Phase> longest(List<Phase> phases) {
    Optional<Phase> most =
        phases.stream().max(Comparator.comparing((Phase each) -> each.taken().min()));
    return most.filter(
        found -> phases.stream().allMatch(each -> each.equals(found) || isLess(each, found)));
  }

  private static boolean isLess(Phase a, Phase b) {
    Duration most = a.taken().max();
    return most.compareTo(b.taken().min()) < 0;
  }
}
