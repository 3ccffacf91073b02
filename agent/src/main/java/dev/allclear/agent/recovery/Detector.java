package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// M1, for one monitor: how long after the onset it fired. This agent is one of them.
public record Detector(String name, Bounds fired, Span late) {
  /// This agent's own name among detectors.
  public static final String OWN = "allclear";

  /// The first alert of each, in the order of their likely times.
  static List<Detector> of(Incident incident, Claims claims) {
    Map<String, Detector> first = new LinkedHashMap<>();
    first.put(OWN, new Detector(OWN, Bounds.at(incident.detected()), incident.detection()));
    for (Claims.Told<Said.DetectorFired> told : claims.of(Said.DetectorFired.class)) {
      first.putIfAbsent(
          told.said().detector(),
          new Detector(told.said().detector(), told.when(), incident.onset().until(told.when())));
    }
    List<Detector> detectors = new ArrayList<>(first.values());
    detectors.sort(Comparator.comparing((Detector each) -> each.fired().likely().wall()));
    return detectors;
  }
}
