package dev.allclear.agent;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.time.Instant;

/// The machine's clocks, read for one session. The only place that reads them.
public record SystemClock(long session) implements Clock {
  @Override
  public Moment now() {
    return new Moment(Instant.now(), System.nanoTime(), session);
  }
}
