package dev.allclear.agent.simulation;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Spell;
import dev.allclear.agent.outage.Verdict;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One outage as it was in truth, in nanoseconds, against which is held what is printed of it.
final class Course {
  static final long UNKNOWN = Long.MIN_VALUE;

  /// How long it was as bad as some level.
  private static final class Stretch {
    long onset;
    final long detected;
    long restored = UNKNOWN;
    long verified = UNKNOWN;

    Stretch(long onset, long detected) {
      this.onset = onset;
      this.detected = detected;
    }

    void over(long since, long now) {
      restored = verified == UNKNOWN ? since : restored;
      verified = verified == UNKNOWN ? now : verified;
    }
  }

  private final SimulatedTime time;
  private final Map<Level, Stretch> stretches = new LinkedHashMap<>();
  private final long detected;
  private long onset;
  private long firstGood = UNKNOWN;
  private long restored = UNKNOWN;
  private long verified = UNKNOWN;
  private long overran = UNKNOWN;

  Course(SimulatedTime time, Level level, long onset) {
    this.time = time;
    this.onset = onset;
    this.detected = time.nanos();
    stretches.put(level, new Stretch(onset, detected));
  }

  long onset() {
    return onset;
  }

  /// Something else fails since then, which is as bad as `level`.
  void since(Level level, long other) {
    onset = Math.min(onset, other);
    stretches.forEach((each, stretch) -> {
      if (each.compareTo(level) <= 0) {
        stretch.onset = Math.min(stretch.onset, other);
      }
    });
  }

  /// As bad as `level` since then, again or for the first time.
  void at(Level level, long since) {
    stretches.forEach((each, stretch) -> {
      if (each.compareTo(level) <= 0) {
        stretch.restored = UNKNOWN;
        stretch.verified = UNKNOWN;
      }
    });
    stretches.putIfAbsent(level, new Stretch(since, time.nanos()));
  }

  void good(long since) {
    firstGood = firstGood == UNKNOWN ? since : firstGood;
  }

  /// All that is worse than `level` is over since then.
  void eased(Level level, long since) {
    stretches.forEach((each, stretch) -> {
      if (each.compareTo(level) > 0) {
        stretch.over(since, time.nanos());
      }
    });
    long first = stretches.values().stream().mapToLong(each -> each.onset).min().orElseThrow();
    stretches.putIfAbsent(level, new Stretch(first, detected));
  }

  void verified(long since) {
    restored = since;
    verified = time.nanos();
    stretches.values().forEach(each -> each.over(since, verified));
  }

  void relapsed() {
    restored = UNKNOWN;
    verified = UNKNOWN;
  }

  void overran(long end) {
    overran = end;
  }

  /// All that is printed of it.
  void check(Incident printed) {
    contains("onset", printed.onset(), onset);
    is("detected", time.truth(printed.detected()), detected);
    contains("detection", printed.detection(), detected - onset);
    agree("first good", printed.firstGood(), firstGood);
    agree("restored", printed.restored(), restored);
    printed.downtime().ifPresent(span -> contains("downtime", span, restored - onset));
    printed.recovery().ifPresent(span -> contains("recovery", span, verified - detected));
    printed.verification().ifPresent(span -> contains("verification", span, verified - firstGood));
    for (Spell spell : printed.spells()) {
      check(printed, spell, Objects.requireNonNull(stretches.get(spell.level())));
    }
  }

  private void check(Incident printed, Spell spell, Stretch stretch) {
    String what = spell.level().name();
    contains(what + " onset", spell.onset(), stretch.onset);
    agree(what + " restored", Optional.ofNullable(spell.restored()), stretch.restored);
    long end = stretch.verified == UNKNOWN ? time.nanos() : stretch.verified;
    long begin = spell.rto().from() == Rto.From.ONSET ? stretch.onset : stretch.detected;
    long took = Math.max(0, end - Math.max(begin, overran));
    contains(what + " recovery time", printed.recoveryTime(spell, time.now()), took);
    judge(printed.verdict(spell, time.now()), took, spell.rto().target().toNanos());
  }

  private static void judge(Verdict verdict, long took, long target) {
    boolean wrong =
        switch (verdict) {
          case MET -> took > target;
          case MISSED -> took <= target;
          case INCONCLUSIVE, OPEN -> false;
        };
    if (wrong) {
      throw new Unsound(verdict + " after " + millis(took) + " of " + millis(target));
    }
  }

  private void agree(String what, Optional<Bounds> bounds, long truth) {
    if (bounds.isPresent() != (truth != UNKNOWN)) {
      throw new Unsound(what + " is " + bounds + ", but in truth " + millis(truth));
    }
    bounds.ifPresent(each -> contains(what, each, truth));
  }

  void contains(String what, Bounds bounds, long truth) {
    contains(time, what, bounds, truth);
  }

  static void contains(SimulatedTime time, String what, Bounds bounds, long truth) {
    long earliest = time.truth(bounds.earliest());
    long latest = time.truth(bounds.latest());
    if (truth < earliest || latest < truth) {
      throw new Unsound(
          "%s was at %s, not from %s to %s"
              .formatted(what, millis(truth), millis(earliest), millis(latest)));
    }
  }

  private static void contains(String what, Span span, long truth) {
    if (truth < span.min().toNanos() || span.max().toNanos() < truth) {
      throw new Unsound(
          "%s took %s, not %s to %s"
              .formatted(
                  what, millis(truth), millis(span.min().toNanos()), millis(span.max().toNanos())));
    }
  }

  private static void is(String what, long printed, long truth) {
    if (printed != truth) {
      throw new Unsound("%s at %s, not %s".formatted(what, millis(truth), millis(printed)));
    }
  }

  private static String millis(long nanos) {
    return nanos == UNKNOWN ? "unknown" : nanos / 1e6 + " ms";
  }
}
