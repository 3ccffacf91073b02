package dev.allclear.probes.propagation;

import dev.allclear.probes.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A time in which no authority answered: since the last answer before it, until the first one
/// after it, null while there is none.
public record Outage(Moment since, @Nullable Moment over) {

  /// Whether what a resolver said may come from the outage, which it remembers so long.
  boolean touches(Sighting look, Duration remembered) {
    return !look.received().isBefore(since)
        && (over == null || look.sent().isBefore(over.plus(remembered)));
  }
}
