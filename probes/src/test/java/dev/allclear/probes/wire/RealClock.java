package dev.allclear.probes.wire;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.time.Instant;

/// The clocks of this machine.
final class RealClock implements Clock {
  @Override
  public Moment now() {
    return new Moment(Instant.now(), System.nanoTime(), 1);
  }
}
