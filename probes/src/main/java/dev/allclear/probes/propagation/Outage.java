package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A time in which no authority answered: begun between `since`, when the last answer before it was
/// asked for, and `sure`, when no authority was left of which an answer was waited for; ended
/// between `lasting`, when the last question without an answer was asked, and `over`, the first
/// answer, null while there is none.
public record Outage(Moment since, Moment sure, Moment lasting, @Nullable Moment over) {

  /// One whose begin is known exactly.
  public Outage(Moment since, @Nullable Moment over) {
    this(since, since, since, over);
  }

  /// Whether what a resolver said may come from the outage, which it remembers so long.
  boolean touches(Sighting look, Duration remembered) {
    return !look.received().isBefore(since)
        && (over == null || look.sent().isBefore(over.plus(remembered)));
  }

  /// Whether all of this time lies within it, on the clock of that look.
  boolean holds(Range fetched, Sighting look) {
    return sure.session() == look.sent().session()
        && fetched.lo() > sure.nanos()
        && fetched.hi() < lasting.nanos();
  }

  /// Null while it lasts.
  public @Nullable Bounds end() {
    return over == null ? null : Bounds.between(lasting, over);
  }

  Outage lastingUntil(Moment asked) {
    return new Outage(since, sure, Moment.later(lasting, asked), null);
  }

  Outage overBy(Moment answered) {
    return new Outage(since, sure, lasting, answered);
  }
}
