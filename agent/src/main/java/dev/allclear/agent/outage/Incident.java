package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The record of one outage: a fold of its events. `spells` are how long it was as bad as each of
/// the levels that it reached, in their order; `overran` is when the maintenance window ended that
/// it began in, if it went on; `waits` are the services it is not verified without, as was said
/// last; `served` is who answered; `claims` are in the order of the times that they tell.
public record Incident(
    String id,
    Cell cell,
    Kind planned,
    Rto objective,
    Map<Level, Rto> objectives,
    Moments moments,
    List<Spell> spells,
    @Nullable Moment overran,
    int falseStarts,
    int falseRecoveries,
    Duration unobserved,
    Disagreement disagreement,
    Event.@Nullable Waits waits,
    List<Event.Served> served,
    List<Entry> timeline,
    List<DnsTail> dns,
    List<Event.Claimed> claims) {

  /// What was said so long before the onset may be about it: a fault that was injected, a
  /// declaration of those who saw it first.
  public static final Duration BEFORE = Duration.ofMinutes(15);

  private static final Duration AFTER = Duration.ofHours(1);

  public Incident {
    objectives = Map.copyOf(objectives);
    spells = List.copyOf(spells);
    served = List.copyOf(served);
    timeline = List.copyOf(timeline);
    dns = List.copyOf(dns);
    claims = List.copyOf(claims);
  }

  /// The incident that a change opens, if it does.
  public static Optional<Incident> opened(Change change) {
    return opened(change, EarlyClaims.NONE);
  }

  /// With what was claimed of it already.
  static Optional<Incident> opened(Change change, EarlyClaims early) {
    return switch (change.event()) {
      case Event.Detected e -> Optional.of(open(change.cell(), e, early));
      case Event.Flapping e -> Optional.of(open(change.cell(), e, early));
      case Event _ -> Optional.empty();
    };
  }

  public static Incident open(Cell cell, Event.Detected detected) {
    return open(cell, detected, EarlyClaims.NONE);
  }

  static Incident open(Cell cell, Event.Detected detected, EarlyClaims early) {
    Rto rto = detected.objectives().getOrDefault(detected.level(), detected.rto());
    Spell spell = Spell.begun(detected.level(), rto, detected.onset(), detected.at());
    return new Incident(
            detected.id(),
            cell,
            detected.kind(),
            detected.rto(),
            detected.objectives(),
            Moments.of(detected),
            List.of(spell),
            null,
            0,
            0,
            Duration.ZERO,
            Disagreement.NONE,
            null,
            List.of(),
            Entry.of(detected),
            List.of(),
            List.of())
        .hearing(early);
  }

  static Incident open(Cell cell, Event.Flapping flapping, EarlyClaims early) {
    Spell spell = Spell.begun(Level.FLAPPING, flapping.rto(), flapping.onset(), flapping.at());
    return new Incident(
            flapping.id(),
            cell,
            flapping.kind(),
            flapping.rto(),
            flapping.objectives(),
            Moments.of(flapping),
            List.of(spell),
            null,
            0,
            0,
            Duration.ZERO,
            Disagreement.NONE,
            null,
            List.of(),
            Entry.of(flapping),
            List.of(),
            List.of())
        .hearing(early);
  }

  private Incident hearing(EarlyClaims early) {
    Incident incident = this;
    for (Event.Claimed claimed : early.claims()) {
      incident = mayHold(claimed.claim()) ? incident.after(claimed) : incident;
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
        planned,
        objective,
        objectives,
        moments.after(event),
        spellsAfter(event),
        event instanceof Event.Overran late ? late.end() : overran,
        event instanceof Event.FalseStart ? falseStarts + 1 : falseStarts,
        event instanceof Event.Relapsed ? falseRecoveries + 1 : falseRecoveries,
        event instanceof Event.Blind blind ? unobserved.plus(blind.length()) : unobserved,
        disagreement.after(event),
        event instanceof Event.Waits late ? late : waits,
        event instanceof Event.Served shift ? with(served, shift) : served,
        longer,
        event instanceof Event.Dns told ? DnsTail.after(dns, told) : dns,
        claims);
  }

  private static <T> List<T> with(List<T> some, T one) {
    List<T> more = new ArrayList<>(some);
    more.add(one);
    return more;
  }

  /// Its place is where it is said to have happened.
  private Incident hearing(Event.Claimed claimed) {
    List<Event.Claimed> more = Filed.with(claims, claimed);
    Instant when = claimed.claim().time();
    return new Incident(
        id,
        cell,
        planned,
        objective,
        objectives,
        moments,
        spells,
        overran,
        falseStarts,
        falseRecoveries,
        unobserved,
        disagreement,
        waits,
        served,
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

  /// The services, which it depends on, that are not known to be healthy.
  public Set<String> waitsFor() {
    return waits == null ? Set.of() : waits.services();
  }

  /// Whether what was told by then may verify it, as far as other services are concerned.
  boolean mayBeVerified(Moment told) {
    return waitsFor().isEmpty() && (waits == null || !told.isBefore(waits.at()));
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

  private List<Spell> spellsAfter(Event event) {
    return switch (event) {
      case Event.Worsened e -> Spell.worsened(spells, e, rto(e.level()));
      case Event.FalseStart e -> Spell.at(spells, e.level(), rto(e.level()), e.failed(), e.at());
      case Event.Relapsed e -> Spell.at(spells, e.level(), rto(e.level()), e.failed(), e.at());
      case Event.Eased e -> Spell.eased(spells, e, rto(e.level()));
      case Event.AlsoFailing e ->
          moments.isJoinedBy(e.onset()) ? spells : Spell.since(spells, e.level(), e.onset());
      case Event.Verified e -> Spell.verified(spells, e);
      case Event.Healthy _, Event.Suspected _, Event.Blipped _, Event.Detected _ -> spells;
      case Event.LostSight e -> Spell.unproven(spells, e.from());
      case Event.Blind e -> Spell.unproven(spells, e.from());
      case Event.FirstGood _, Event.Verifying _, Event.Closed _, Event.ClockSet _ -> spells;
      case Event.DepthsDiffer _, Event.DepthsAgree _, Event.Waits _, Event.Served _ -> spells;
      case Event.Flapping _, Event.Overran _, Event.Overdue _ -> spells;
      case Event.Claimed _, Event.Dns _ -> spells;
    };
  }

  private Rto rto(Level level) {
    return objectives.getOrDefault(level, objective);
  }

  /// How bad it is for users now; null once everything is verified.
  public @Nullable Level standing() {
    return Spell.standing(spells);
  }

  /// How long it was as bad as it ever was.
  public Spell worst() {
    return Collections.max(spells, Comparator.comparing(Spell::level));
  }

  /// What it is to be counted as.
  public Kind kind() {
    if (planned == Kind.MAINTENANCE && overran == null) {
      return Kind.MAINTENANCE;
    }
    boolean injected =
        claims.stream()
            .map(each -> each.claim().said())
            .anyMatch(said -> said instanceof Said.FaultInjected fault && fault.gameDay());
    if (injected) {
      return Kind.GAMEDAY;
    }
    return worst().level().equals(Level.FLAPPING) ? Kind.FLAPPING : Kind.OUTAGE;
  }

  /// The objective of the worst level that it reached.
  public Rto rto() {
    return worst().rto();
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

  /// When it had lasted too long without anybody who does something about it.
  public Optional<Moment> overdue() {
    return Optional.ofNullable(moments.overdue());
  }

  /// Whether nobody has claimed by `now` to do anything about it, though that was to be.
  boolean isOverdue(Moment now) {
    Duration patience = objective.remediation();
    return patience != null
        && moments.overdue() == null
        && moments.verified() == null
        && detected().until(now).compareTo(patience) > 0
        && claims.stream().noneMatch(each -> each.claim().said().isRemediation());
  }

  /// When it is said to have begun, by those who declared it.
  public Optional<Bounds> declared() {
    return claims.stream()
        .filter(each -> each.claim().said() instanceof Said.IncidentDeclared)
        .findFirst()
        .map(each -> each.claim().when());
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

  /// Recovery Time Actual of the worst level, as its objective counts it, up to `now` while not
  /// verified.
  public Span recoveryTime(Moment now) {
    return recoveryTime(worst(), now);
  }

  /// The same of any level. What went on beyond a maintenance window counts from its end.
  public Span recoveryTime(Spell spell, Moment now) {
    return spell.recoveryTime(now, declared().orElse(null), overran);
  }

  /// Of the worst level; final once the outage is closed.
  public Verdict verdict(Moment now) {
    return verdict(worst(), now);
  }

  public Verdict verdict(Spell spell, Moment now) {
    Span taken = recoveryTime(spell, now);
    Duration target = spell.rto().target();
    return isOpen() ? Verdict.ofOpen(taken, target) : Verdict.of(taken, target);
  }
}
