package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The record of one outage: a fold of its events. `claims` are in the order of the times that they
/// tell.
public record Incident(
    String id,
    Cell cell,
    Rto rto,
    Moments moments,
    int falseStarts,
    int falseRecoveries,
    Duration unobserved,
    List<Entry> timeline,
    List<DnsTail> dns,
    List<Event.Claimed> claims) {

  /// What was said so long before the onset may be about it: a fault that was injected, a
  /// declaration of those who saw it first.
  public static final Duration BEFORE = Duration.ofMinutes(15);

  public Incident {
    timeline = List.copyOf(timeline);
    dns = List.copyOf(dns);
    claims = List.copyOf(claims);
  }

  public static Incident open(Cell cell, Event.Detected detected) {
    return open(cell, detected, EarlyClaims.NONE);
  }

  /// With what was claimed of it already.
  static Incident open(Cell cell, Event.Detected detected, EarlyClaims early) {
    Incident incident =
        new Incident(
            detected.id(),
            cell,
            detected.rto(),
            Moments.of(detected),
            0,
            0,
            Duration.ZERO,
            Entry.of(detected),
            List.of(),
            List.of());
    for (Event.Claimed claimed : early.claims()) {
      incident = incident.mayHold(claimed.claim()) ? incident.after(claimed) : incident;
    }
    return incident;
  }

  /// The outage after one more event of its cell.
  public Incident after(Event event) {
    if (event instanceof Event.Claimed claimed) {
      return claimed.isIn(claims) ? this : hearing(claimed);
    }
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
        event instanceof Event.Dns told ? DnsTail.after(dns, told) : dns,
        claims);
  }

  /// Its place is where it is said to have happened.
  private Incident hearing(Event.Claimed claimed) {
    Instant when = claimed.claim().time();
    return new Incident(
        id,
        cell,
        rto,
        moments,
        falseStarts,
        falseRecoveries,
        unobserved,
        with(timeline, Entry.of(claimed), each -> each.at().likely().wall(), when),
        dns,
        with(claims, List.of(claimed), each -> each.claim().time(), when));
  }

  /// Behind the last that is not later.
  private static <T> List<T> with(
      List<T> known, List<T> more, Function<T, Instant> time, Instant when) {
    int place = known.size();
    while (place > 0 && time.apply(known.get(place - 1)).isAfter(when)) {
      place--;
    }
    List<T> longer = new ArrayList<>(known);
    longer.addAll(place, more);
    return longer;
  }

  boolean isOverAt(Claim claim) {
    Moment end = moments.closed();
    return end != null && end.wall().isBefore(claim.time());
  }

  boolean mayHold(Claim claim) {
    Bounds onset = onset();
    boolean unbounded = onset.earliest().equals(Moment.UNBOUNDED);
    Moment first = unbounded ? onset.latest() : onset.earliest();
    return !claim.time().isBefore(first.wall().minus(BEFORE));
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
