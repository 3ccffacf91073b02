package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The record of one outage: a fold of its events.
public record Incident(
    String id,
    Cell cell,
    Rto rto,
    Moments moments,
    int falseStarts,
    int falseRecoveries,
    Duration unobserved,
    List<Entry> timeline,
    List<DnsTail> dns) {

  public Incident {
    timeline = List.copyOf(timeline);
    dns = List.copyOf(dns);
  }

  public static Incident open(Cell cell, Event.Detected detected) {
    return new Incident(
        detected.id(),
        cell,
        detected.rto(),
        Moments.of(detected),
        0,
        0,
        Duration.ZERO,
        Entry.of(detected),
        List.of());
  }

  /// The outage after one more event of its cell.
  public Incident after(Event event) {
    List<Entry> longer = new ArrayList<>(timeline);
    longer.addAll(Entry.of(event));
    return new Incident(
        id,
        cell,
        rto,
        moments.after(event),
        event instanceof Event.FalseStart ? falseStarts + 1 : falseStarts,
        event instanceof Event.Relapsed ? falseRecoveries + 1 : falseRecoveries,
        event instanceof Event.Blind blind ? unobserved.plus(blind.length()) : unobserved,
        longer,
        event instanceof Event.Dns told ? DnsTail.after(dns, told) : dns);
  }

  /// Whether a change of this name is still on its way.
  boolean spreads(String name) {
    return dns.stream().anyMatch(tail -> tail.name().equals(name) && tail.isOpen());
  }

  public Bounds onset() {
    return moments.onset();
  }

  public Moment detected() {
    return moments.detected();
  }

  public Optional<Bounds> firstGood() {
    return Optional.ofNullable(moments.firstGood());
  }

  public Optional<Bounds> restored() {
    return Optional.ofNullable(moments.restored());
  }

  public Optional<Moment> verified() {
    return Optional.ofNullable(moments.verified());
  }

  public Optional<Moment> closed() {
    return Optional.ofNullable(moments.closed());
  }

  public boolean isOpen() {
    return moments.closed() == null;
  }

  /// M1: onset to detected.
  public Span detection() {
    return onset().until(Bounds.at(detected()));
  }

  /// M3: onset to restored.
  public Optional<Span> downtime() {
    return restored().map(onset()::until);
  }

  /// Detected to verified, the headline figure.
  public Optional<Span> recovery() {
    return verified().map(end -> Bounds.at(detected()).until(Bounds.at(end)));
  }

  /// M6: first good to verified.
  public Optional<Span> verification() {
    return verified().flatMap(end -> firstGood().map(good -> good.until(Bounds.at(end))));
  }

  /// Recovery Time Actual as the objective counts it, up to `now` while not verified.
  public Span recoveryTime(Moment now) {
    Bounds start =
        switch (rto.from()) {
          case ONSET -> onset();
          case DETECTED -> Bounds.at(detected());
        };
    return start.until(Bounds.at(verified().orElse(now)));
  }

  /// Final once the outage is closed.
  public Verdict verdict(Moment now) {
    Span taken = recoveryTime(now);
    return isOpen() ? Verdict.ofOpen(taken, rto.target()) : Verdict.of(taken, rto.target());
  }
}
