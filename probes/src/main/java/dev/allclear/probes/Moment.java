package dev.allclear.probes;

import java.time.Duration;
import java.time.Instant;

/// An instant read on two clocks: `wall` for people, `nanos` (monotonic) for lengths. Monotonic
/// readings compare only within one `session`, from one start of the machine to the next; later
/// sessions have higher numbers.
public record Moment(Instant wall, long nanos, long session) implements Comparable<Moment> {

  /// Before everything: stands for "no lower bound is known", as when a service was already down at
  /// the first look.
  public static final Moment UNBOUNDED = new Moment(Instant.EPOCH, 0, -1);

  /// Never negative across sessions, where only the wall clock is left to subtract and may have
  /// been set back.
  public Duration until(Moment later) {
    if (session == later.session) {
      return Duration.ofNanos(later.nanos - nanos);
    }
    Duration walls = Duration.between(wall, later.wall);
    return walls.isNegative() && session < later.session ? Duration.ZERO : walls;
  }

  public Moment plus(Duration length) {
    return new Moment(wall.plus(length), nanos + length.toNanos(), session);
  }

  public Moment minus(Duration length) {
    return plus(length.negated());
  }

  public boolean isBefore(Moment other) {
    return compareTo(other) < 0;
  }

  /// By session, then by the monotonic clock: a step of the wall clock reorders nothing.
  @Override
  public int compareTo(Moment other) {
    return session == other.session
        ? Long.signum(nanos - other.nanos)
        : Long.compare(session, other.session);
  }

  public static Moment earlier(Moment a, Moment b) {
    return b.isBefore(a) ? b : a;
  }

  public static Moment later(Moment a, Moment b) {
    return a.isBefore(b) ? b : a;
  }
}
