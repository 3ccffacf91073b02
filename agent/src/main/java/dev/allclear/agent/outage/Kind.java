package dev.allclear.agent.outage;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What an incident is to be counted as; only outages count against the objective.
public enum Kind {
  OUTAGE,
  /// A fault that was injected on purpose.
  GAMEDAY,
  /// Down within a planned window.
  MAINTENANCE,
  /// Fails came and went, none was confirmed.
  FLAPPING;

  /// As in metrics, JSON and pages.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> labels() {
    return Stream.of(values()).map(Kind::label).toList();
  }
}
