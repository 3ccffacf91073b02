package dev.allclear.agent.metrics;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Moments and lengths as one reading per bound. What no observation bounds has none.
final class Readings {
  private Readings() {}

  static Map<Tags, Double> of(Bounds told) {
    Bounds moment = told.onOneClock();
    Map<Tags, Double> readings = new HashMap<>();
    readings.put(bound("likely"), Seconds.of(moment.likely().wall()));
    readings.put(bound("latest"), Seconds.up(moment.latest().wall()));
    if (isBounded(moment)) {
      readings.put(bound("earliest"), Seconds.of(moment.earliest().wall()));
    }
    return readings;
  }

  /// A length counted from `start`.
  static Map<Tags, Double> of(Bounds start, Optional<Span> span) {
    Map<Tags, Double> readings = new HashMap<>();
    span.ifPresent(known -> {
      readings.put(bound("min"), Seconds.of(known.min()));
      readings.put(bound("likely"), Seconds.of(known.likely()));
      if (isBounded(start)) {
        readings.put(bound("max"), Seconds.of(known.max()));
      }
    });
    return readings;
  }

  static Tags bound(String bound) {
    return Tags.of("bound", bound);
  }

  private static boolean isBounded(Bounds bounds) {
    return !bounds.earliest().equals(Moment.UNBOUNDED);
  }
}
