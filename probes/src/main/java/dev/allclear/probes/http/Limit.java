package dev.allclear.probes.http;

import dev.allclear.probes.Moment;
import java.time.Duration;

/// How long something may take, for people, and when that ends.
public record Limit(Duration length, Moment deadline) {

  public static Limit from(Moment start, Duration length) {
    return new Limit(length, start.plus(length));
  }
}
