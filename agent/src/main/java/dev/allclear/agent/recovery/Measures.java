package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The metrics of recovery of one outage, each with its bounds. M3 and M8 are the outage's own, M4
/// is {@link SuccessRate}. `remediation` and `rollback` are null where nothing was claimed;
/// `declared` is M3 from the start that was declared, `verification` M6 from the restore that was
/// claimed, else from the first good; `sinceClaimedRestore` is null where none was; `service` is
/// the outage of the whole service that it is part of, null if there is none; `disagreement` is how
/// long shallow probes passed while deep ones failed, null if they never did.
public record Measures(
    List<Detector> detectors,
    @Nullable Remediation remediation,
    @Nullable Span declared,
    List<Step> steps,
    Automation automation,
    @Nullable Span verification,
    @Nullable Span sinceClaimedRestore,
    List<Throughput> restores,
    List<Dependency> dependencies,
    @Nullable Rollback rollback,
    List<Shift> shifts,
    @Nullable ServiceOutage service,
    @Nullable Span disagreement,
    List<Finding> findings) {

  public Measures {
    detectors = List.copyOf(detectors);
    steps = List.copyOf(steps);
    restores = List.copyOf(restores);
    dependencies = List.copyOf(dependencies);
    shifts = List.copyOf(shifts);
    findings = List.copyOf(findings);
  }

  /// `all` are the outages of every service, `now` is for what is still open.
  public static Measures of(Incident incident, Expected expected, List<Incident> all, Moment now) {
    Claims claims = Claims.of(incident);
    List<Step> steps = Step.of(claims);
    Optional<Span> claimed = sinceClaimedRestore(incident, claims);
    List<Throughput> restores = Throughput.of(claims);
    List<Dependency> dependencies = Dependency.of(incident, expected.dependsOn(), all);
    List<Dependency> control = Dependency.of(incident, expected.controlPlane(), all);
    Optional<Rollback> rollback = Rollback.of(incident, claims);
    return new Measures(
        Detector.of(incident, claims),
        Remediation.of(incident, claims).orElse(null),
        declared(incident, claims),
        steps,
        Automation.of(steps, claims),
        claimed.or(incident::verification).orElse(null),
        claimed.orElse(null),
        restores,
        dependencies,
        rollback.orElse(null),
        Shift.of(incident),
        ServiceOutage.of(incident, expected, all).orElse(null),
        incident.disagreement().length(now),
        new Findings(incident, claims, now)
            .of(steps, restores, dependencies, control, rollback.orElse(null), expected));
  }

  /// Whether a restore, as fast as it is, cannot be verified in time.
  public boolean isAtRisk(Incident incident, Moment now) {
    Moment deadline = incident.worst().onset().latest().plus(incident.rto().target());
    return incident.isOpen()
        && restores.stream().anyMatch(each -> each.isAtRisk(now, Duration.ZERO, deadline));
  }

  private static @Nullable Span declared(Incident incident, Claims claims) {
    return claims
        .first(Said.IncidentDeclared.class)
        .flatMap(told -> incident.verified().map(end -> told.when().until(Bounds.at(end))))
        .orElse(null);
  }

  /// A restore that is claimed after the verification tells nothing of how long that took.
  private static Optional<Span> sinceClaimedRestore(Incident incident, Claims claims) {
    Optional<Bounds> end = incident.verified().map(Bounds::at);
    return claims
        .last(Said.RestoreCompleted.class)
        .flatMap(told -> end.filter(at -> !at.isBefore(told.when())).map(told.when()::until));
  }
}
