package dev.allclear.agent.cli;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Rto;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Outages of a shop, made up; times are milliseconds from noon on.
final class Past {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  static final Cell SHOP = new Cell("shop", Cell.GLOBAL);

  /// Its onset lies in [0.003, 1.006] s.
  static final Bounds ONSET = between(3, 1_006);

  private Past() {}

  static Moment at(long millis) {
    return new Moment(NOON.plusMillis(millis), Duration.ofMillis(millis).toNanos(), 1);
  }

  static Bounds between(long earliest, long latest) {
    return Bounds.between(at(earliest), at(latest));
  }

  static Event.Detected detected(Bounds onset, Duration rto) {
    return new Event.Detected(
        at(1_403),
        "shop-20260101-120001",
        onset,
        Set.of("detect"),
        "detect",
        Cause.CONNECT,
        "connection refused",
        new Rto(rto, Rto.From.ONSET));
  }

  /// Good again within [8.003, 8.256] s, verified after 12.011 s, the hold over 5 s later.
  static List<Event> recovery() {
    return List.of(
        new Event.FirstGood(at(8_256), "detect", between(8_003, 8_256), Set.of()),
        new Event.Verifying(at(8_256)),
        new Event.Verified(at(12_011), between(8_003, 8_256)),
        new Event.Closed(at(17_013)));
  }

  /// Verified 11.005 to 12.008 s after its onset.
  static Incident closed(Duration rto) {
    return incident(detected(ONSET, rto), recovery());
  }

  static Incident incident(Event.Detected detected, List<Event> then) {
    return History.of(changes(SHOP, detected, then)).incidents().getFirst();
  }

  static List<Change> changes(Cell cell, Event.Detected detected, List<Event> then) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change(cell, detected));
    then.forEach(event -> changes.add(new Change(cell, event)));
    return changes;
  }
}
