package dev.allclear.agent.report;

import dev.allclear.agent.outage.Incident;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What makes the bounds of an outage as wide as they are.
final class Widths {
  /// Below this nobody asks.
  private static final Duration NARROW = Duration.ofMillis(100);

  private Widths() {}

  static List<String> of(Incident incident) {
    List<String> texts = new ArrayList<>();
    if (incident.onset().earliest().equals(Moment.UNBOUNDED)) {
      texts.add("the onset: it was down at the first look, nobody saw it begin");
    } else {
      add(texts, "the onset", incident.onset(), "the last pass and the end of the first fail");
    }
    incident
        .restored()
        .ifPresent(restored ->
            add(texts, "restored", restored, "the last fail and the end of the first pass"));
    if (!incident.unobserved().isZero()) {
      texts.add(
          "the agent could not see for %s of it".formatted(Figures.length(incident.unobserved())));
    }
    return texts;
  }

  private static void add(List<String> texts, String what, Bounds bounds, String between) {
    if (bounds.width().compareTo(NARROW) > 0) {
      texts.add(
          "%s: %s lie between the begin of %s"
              .formatted(what, Figures.length(bounds.width()), between));
    }
  }
}
