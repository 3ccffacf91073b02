package dev.allclear.probes;

import java.time.Duration;

/// A moment known only to lie in [earliest, latest]: the last moment still consistent with the
/// earlier state, and the first consistent only with the later one. `likely` is for people and
/// never decides a verdict.
public record Bounds(Moment earliest, Moment likely, Moment latest) {
  private static final Duration SET = Duration.ofMillis(250);

  public Bounds {
    if (latest.isBefore(earliest)) {
      throw new IllegalArgumentException("latest < earliest");
    }
    likely = Moment.earlier(latest, Moment.later(earliest, likely));
  }

  /// A point: a decision of our own.
  public static Bounds at(Moment moment) {
    return new Bounds(moment, moment, moment);
  }

  /// With the middle as `likely`.
  public static Bounds between(Moment earliest, Moment latest) {
    Duration half = earliest.until(latest).dividedBy(2);
    return new Bounds(earliest, earliest.plus(half), latest);
  }

  /// The same without a lower bound.
  public Bounds unboundedBefore() {
    return new Bounds(Moment.UNBOUNDED, likely, latest);
  }

  /// The same for people, all on the wall clock of the latest: it may have been set in between.
  public Bounds onOneClock() {
    return new Bounds(onClockOfLatest(earliest), onClockOfLatest(likely), latest);
  }

  private Moment onClockOfLatest(Moment moment) {
    Duration passed = moment.until(latest);
    Duration walls = Duration.between(moment.wall(), latest.wall());
    boolean set = walls.minus(passed).abs().compareTo(SET) > 0;
    return set && moment.session() == latest.session()
        ? new Moment(latest.wall().minus(passed), moment.nanos(), moment.session())
        : moment;
  }

  public Duration width() {
    return earliest.until(latest);
  }

  /// True only if no point of this lies after any point of the other; otherwise the order is
  /// undetermined.
  public boolean isBefore(Bounds other) {
    return latest.isBefore(other.earliest);
  }

  /// The earlier of two moments of which only the bounds are known.
  public static Bounds earlier(Bounds a, Bounds b) {
    return new Bounds(
        Moment.earlier(a.earliest, b.earliest),
        Moment.earlier(a.likely, b.likely),
        Moment.earlier(a.latest, b.latest));
  }

  /// The later of two moments of which only the bounds are known.
  public static Bounds later(Bounds a, Bounds b) {
    return new Bounds(
        Moment.later(a.earliest, b.earliest),
        Moment.later(a.likely, b.likely),
        Moment.later(a.latest, b.latest));
  }

  /// Length from this moment to a later one: [max(0, to.earliest - latest), to.latest - earliest].
  public Span until(Bounds to) {
    return Span.of(latest.until(to.earliest), likely.until(to.likely), earliest.until(to.latest));
  }
}
