package dev.allclear.probes.propagation;

import dev.allclear.probes.Moment;
import org.jspecify.annotations.Nullable;

/// A change under way: accepted at `start` (T0), at no authority before `first`, at every one by
/// `everywhere` (T2; null until then), of values published so. `creates` says that the name or type
/// was not there before: asking a resolver too soon would plant the denial (trap 8).
public record Event(
    Moment start, Moment first, @Nullable Moment everywhere, Published published, boolean creates) {

  /// Nobody knows since when an authority has the new value.
  public Event(Moment start, @Nullable Moment everywhere, Published published, boolean creates) {
    this(start, Moment.UNBOUNDED, everywhere, published, creates);
  }

  /// The new value seen here stays: asked when every authority had it, or of an entry that lasted
  /// until then. Another may be followed by the old value (fact 28).
  boolean lasting(Sighting look, Habits habits) {
    return everywhere != null
        && (!look.sent().isBefore(everywhere)
            || (everywhere.session() == look.sent().session()
                && habits.outlives(look, everywhere.nanos())));
  }
}
