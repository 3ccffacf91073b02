package dev.allclear.agent.report;

import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Said;
import dev.allclear.agent.recovery.Shift;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was claimed against what was observed: how far apart they are, if that can be told.
record Contrast(String claimed, String observed, String apart) {

  static List<Contrast> of(Incident incident, List<Shift> shifts) {
    List<Contrast> contrasts = new ArrayList<>();
    for (Event.Claimed event : incident.claims()) {
      Contrast contrast = of(event.claim(), incident, shifts);
      if (contrast != null) {
        contrasts.add(contrast);
      }
    }
    return contrasts;
  }

  private static @Nullable Contrast of(Claim claim, Incident incident, List<Shift> shifts) {
    return switch (claim.said()) {
      case Said.IncidentDeclared _, Said.FaultInjected _, Said.DetectorFired _ ->
          of(claim, "onset", incident.onset());
      case Said.TrafficShifted(String to) when complete(to, shifts) != null ->
          of(claim, "only " + to, complete(to, shifts));
      case Said.RestoreCompleted _, Said.RollbackCompleted _, Said.TrafficShifted _ ->
          of(claim, "restored", incident.restored().orElse(null));
      case Said.DetectorCleared _ ->
          of(claim, "verified", incident.verified().map(Bounds::at).orElse(null));
      case Said _ -> null;
    };
  }

  /// When every probe that reads who answers had nobody else answer any more.
  private static @Nullable Bounds complete(String to, List<Shift> shifts) {
    return shifts.stream()
        .filter(shift -> shift.to().equals(Set.of(to)))
        .flatMap(shift -> shift.complete().stream())
        .reduce(Bounds::later)
        .orElse(null);
  }

  private static Contrast of(Claim claim, String observed, @Nullable Bounds moment) {
    String said = claim.said().text() + " at " + Figures.bounds(claim.when());
    if (moment == null) {
      return new Contrast(said, observed + " not yet", "");
    }
    return new Contrast(
        said, observed + " at " + Figures.bounds(moment), apart(claim.when(), observed, moment));
  }

  private static String apart(Bounds said, String observed, Bounds moment) {
    if (moment.earliest().equals(Moment.UNBOUNDED)) {
      return "undetermined";
    }
    if (said.isBefore(moment)) {
      return Figures.span(said.until(moment)) + " before " + observed;
    }
    return moment.isBefore(said)
        ? Figures.span(moment.until(said)) + " after " + observed
        : "undetermined";
  }
}
