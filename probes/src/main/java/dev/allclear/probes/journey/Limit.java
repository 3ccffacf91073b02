package dev.allclear.probes.journey;

import dev.allclear.probes.Moment;
import java.time.Duration;

/// How long something may take, for people, and when that ends.
record Limit(Duration length, Moment deadline) {

  static Limit from(Moment start, Duration length) {
    return new Limit(length, start.plus(length));
  }
}
