package dev.allclear.probes.propagation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a resolver's clock begins a whole second: `tick` holds one such instant, the others lie
/// whole seconds apart. Caches flip on these (fact 1). Known only from two looks at the same entry:
/// one look alone fits every phase.
record Phase(Range tick) {
  private static final long TELLING = Range.SECOND * 19 / 20;

  /// Null if nothing is known, or if the lives contradict each other: the clock was set, or there
  /// are several clocks.
  static @Nullable Phase of(List<Life> lives) {
    Phase phase = null;
    for (Life life : lives.reversed()) {
      if (life.zero().width() < TELLING) {
        phase = phase == null ? new Phase(life.tick()) : phase.and(life.tick());
        if (phase == null) {
          return null;
        }
      }
    }
    return phase;
  }

  /// Both of them, if that says more; null if they contradict each other.
  private @Nullable Phase and(Range older) {
    Range near = new Phase(older).around(tick.middle());
    if (near.width() >= TELLING) {
      return this;
    }
    Range met = null;
    for (int shift = -1; shift <= 1; shift++) {
      Range moved = near.plus(shift * Range.SECOND);
      if (moved.meets(tick)) {
        if (met != null) {
          return this;
        }
        met = moved.and(tick);
      }
    }
    return met == null ? null : new Phase(met);
  }

  /// The tick nearest to an instant, wider the further it is from what was seen.
  private Range around(long instant) {
    long away = instant - tick.middle();
    return tick.plus(Math.round((double) away / Range.SECOND) * Range.SECOND)
        .widen(Range.drift(away));
  }

  long width(long instant) {
    return around(instant).width();
  }

  /// What of a range of ticks fits this phase; the range itself if nothing does.
  Range snap(Range ticks) {
    Range near = around(ticks.middle());
    if (near.width() >= TELLING) {
      return ticks;
    }
    Range fits = null;
    long reach = ticks.width() / Range.SECOND + 2;
    for (long shift = -reach; shift <= reach; shift++) {
      Range moved = near.plus(shift * Range.SECOND);
      if (moved.meets(ticks)) {
        fits = fits == null ? moved.and(ticks) : fits.or(moved.and(ticks));
      }
    }
    return fits == null ? ticks : fits;
  }

  /// The instant at or after this one at which an answer tells most: between the two ends within
  /// which the tick lies, so that the shown TTL halves what is unknown.
  long telling(long instant) {
    long middle = around(instant).middle();
    return middle < instant ? middle + Range.SECOND : middle;
  }
}
