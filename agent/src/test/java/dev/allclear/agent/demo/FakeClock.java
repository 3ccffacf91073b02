package dev.allclear.agent.demo;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;

/// Stands still until it is told to move.
final class FakeClock implements Clock {
  private static final Moment START = new Moment(Instant.parse("2026-01-01T00:00:00Z"), 0, 1);

  private Moment now = START;

  @Override
  public synchronized Moment now() {
    return now;
  }

  synchronized void set(long millis) {
    now = moment(millis);
  }

  static Moment moment(long millis) {
    return START.plus(Duration.ofMillis(millis));
  }

  static Bounds at(long millis) {
    return Bounds.at(moment(millis));
  }
}
