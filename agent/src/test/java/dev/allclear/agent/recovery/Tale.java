package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Said;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// An outage told event by event and claim by claim; times are in seconds.
public final class Tale {
  static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private Incident incident;
  private int claims;

  private Tale(Incident incident) {
    this.incident = incident;
  }

  /// Down from 100 to 110, detected at 112, with an RTO of 10 minutes.
  public static Tale of(String service) {
    return of(service, between(100, 110), 112);
  }

  /// The same in one region.
  public static Tale of(Cell cell) {
    return of(cell, between(100, 110), 112);
  }

  static Tale of(String service, Bounds onset, double detected) {
    return of(new Cell(service, Cell.GLOBAL), onset, detected);
  }

  static Tale of(Cell cell, Bounds onset, double detected) {
    String region = cell.region().equals(Cell.GLOBAL) ? "" : "~" + cell.region();
    return of(cell, cell.service() + region + "-1", onset, detected);
  }

  static Tale of(Cell cell, String id, Bounds onset, double detected) {
    return new Tale(
        Incident.open(
            cell,
            new Event.Detected(
                at(detected),
                id,
                onset,
                Set.of("ping"),
                "ping",
                Cause.STATUS,
                "503",
                new Rto(Duration.ofMinutes(10), Rto.From.ONSET))));
  }

  /// First good and restored between these, verified then.
  public Tale restored(double from, double to, double verified) {
    return after(new Event.FirstGood(at(to), "ping", between(from, to), Set.of()))
        .after(new Event.Verifying(at(to)))
        .after(new Event.Verified(at(verified), between(from, to)));
  }

  public Tale closed(double at) {
    return after(new Event.Closed(at(at)));
  }

  public Tale after(Event event) {
    incident = incident.after(event);
    return this;
  }

  /// Give or take a second.
  public Tale says(double at, Said said) {
    Bounds when = new Bounds(at(at - 1), at(at), at(at + 1));
    Claim claim = new Claim("claim-" + claims++, "ada", when, said);
    return after(new Event.Claimed(at(at + 1), incident.id(), claim));
  }

  public Incident incident() {
    return incident;
  }

  public Measures measures(double now) {
    return measures(now, Expected.NOTHING);
  }

  public Measures measures(double now, Expected expected, Incident... others) {
    return Measures.of(incident, expected, List.of(others), at(now));
  }

  public static Moment at(double seconds) {
    long nanos = Math.round(seconds * 1e9);
    return new Moment(EPOCH.plusNanos(nanos), nanos, 1);
  }

  public static Bounds between(double from, double to) {
    return Bounds.between(at(from), at(to));
  }

  static Span span(double min, double likely, double max) {
    return new Span(seconds(min), seconds(likely), seconds(max));
  }

  static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
