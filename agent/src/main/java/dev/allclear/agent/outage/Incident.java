package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  private static final Duration AFTER = Duration.ofHours(1);

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
      return hearing(claimed);
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
    List<Event.Claimed> more = Filed.with(claims, claimed);
    Instant when = claimed.claim().time();
    return new Incident(
        id,
        cell,
        rto,
        moments,
        falseStarts,
        falseRecoveries,
        unobserved,
        more.size() == claims.size()
            ? timeline
            : Filed.placed(timeline, Entry.of(claimed), each -> each.at().likely().wall(), when),
        dns,
        more);
  }

  /// What its claims have begun and did not end ends in it, even soon after it was closed.
  boolean awaits(Claim claim) {
    Said end = claim.said();
    Moment over = moments.closed();
    if (!end.ends() || over == null || claim.time().isAfter(over.wall().plus(AFTER))) {
      return false;
    }
    long begun = said(end.subject()).filter(Said::begins).count();
    return begun > said(end.subject()).filter(Said::ends).count();
  }

  private Stream<Said> said(String subject) {
    return claims.stream()
        .map(each -> each.claim().said())
        .filter(each -> each.subject().equals(subject));
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
