package dev.allclear.probes.journey;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that moves only when it is told to, so that it does not matter how fast the machine is.
/// Any thread.
final class StillClock implements Clock {
  private final AtomicReference<Moment> now = new AtomicReference<>(Trial.CLOCK.now());

  @Override
  public Moment now() {
    return now.get();
  }

  void advance(Duration length) {
    now.updateAndGet(moment -> moment.plus(length));
  }
}
