package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How long an outage was at least as bad as `level`, which has an objective of its own. A relapse
/// to that level voids `restored` and `verified`: its clock never stopped.
public record Spell(
    Level level,
    Rto rto,
    Bounds onset,
    Moment detected,
    @Nullable Bounds restored,
    @Nullable Moment verified) {

  static Spell begun(Level level, Rto rto, Bounds onset, Moment detected) {
    return new Spell(level, rto, onset, detected, null, null);
  }

  public boolean isOpen() {
    return verified == null;
  }

  /// Recovery Time Actual as the objective counts it, up to `now` while not verified; `notBefore`
  /// is when the clock could start at the earliest, null for no such limit.
  Span recoveryTime(Moment now, @Nullable Bounds declared, @Nullable Moment notBefore) {
    Moment end = verified == null ? now : verified;
    Bounds begin = rto.start(onset, detected, declared, end);
    Bounds start = notBefore == null ? begin : Bounds.later(begin, Bounds.at(notBefore));
    return start.until(Bounds.at(end));
  }

  private Spell verified(Bounds since, Moment at) {
    return isOpen() ? new Spell(level, rto, onset, detected, since, at) : this;
  }

  private Spell reopened() {
    return new Spell(level, rto, onset, detected, null, null);
  }

  private Spell since(Bounds other) {
    return new Spell(level, rto, Bounds.earlier(onset, other), detected, restored, verified);
  }

  /// The fails before a recovery prove nothing if the agent was blind by then.
  static List<Spell> unproven(List<Spell> spells, Moment from) {
    return change(spells, spell -> spell.restored != null, spell -> spell.unprovenSince(from));
  }

  private Spell unprovenSince(Moment from) {
    return new Spell(
        level, rto, onset, detected, Moments.unproven(restored, from, onset), verified);
  }

  /// The worst level that is not verified, null if all are.
  static @Nullable Level standing(List<Spell> spells) {
    return spells.stream()
        .filter(Spell::isOpen)
        .map(Spell::level)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /// As bad as `level` again, or for the first time. What is as bad as that is all that is less.
  static List<Spell> at(List<Spell> spells, Level level, Rto rto, Bounds onset, Moment detected) {
    List<Spell> reopened =
        change(spells, spell -> !spell.level.isWorseThan(level), Spell::reopened);
    return with(reopened, Spell.begun(level, rto, onset, detected));
  }

  /// What is worse may have begun before what was known first.
  static List<Spell> worsened(List<Spell> spells, Event.Worsened event, Rto rto) {
    Level level = event.level();
    return at(since(spells, level, event.onset()), level, rto, event.onset(), event.at());
  }

  /// All that is worse than `level` is over.
  static List<Spell> eased(List<Spell> spells, Event.Eased eased, Rto rto) {
    Spell first = spells.getFirst();
    Bounds onset = spells.stream().map(Spell::onset).reduce(first.onset, Bounds::earlier);
    List<Spell> over =
        change(
            spells,
            spell -> spell.level.isWorseThan(eased.level()),
            spell -> spell.verified(eased.restored(), eased.at()));
    return with(over, Spell.begun(eased.level(), rto, onset, first.detected));
  }

  static List<Spell> verified(List<Spell> spells, Event.Verified event) {
    return change(spells, Spell::isOpen, spell -> spell.verified(event.restored(), event.at()));
  }

  /// A probe turned out to fail since then, whose failing is as bad as `level`.
  static List<Spell> since(List<Spell> spells, Level level, Bounds onset) {
    return change(spells, spell -> !spell.level.isWorseThan(level), spell -> spell.since(onset));
  }

  private static List<Spell> with(List<Spell> spells, Spell spell) {
    if (spells.stream().anyMatch(each -> each.level.equals(spell.level))) {
      return spells;
    }
    List<Spell> more = new ArrayList<>(spells);
    more.add(spell);
    return more;
  }

  private static List<Spell> change(
      List<Spell> spells, Predicate<Spell> which, UnaryOperator<Spell> how) {
    return spells.stream().map(spell -> which.test(spell) ? how.apply(spell) : spell).toList();
  }
}
