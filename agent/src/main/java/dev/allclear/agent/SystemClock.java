package dev.allclear.agent;

import dev.allclear.agent.ledger.Ledger;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.time.Instant;

/// The machine's clocks, read for one session. The only place that reads them.
public record SystemClock(long session) implements Clock {

  /// Goes on with the ledger's session, unless what it last wrote would lie ahead.
  public static SystemClock of(Ledger ledger) {
    SystemClock clock = new SystemClock(ledger.session());
    Moment now = clock.now();
    boolean ahead = ledger.lastPulse().filter(last -> now.isBefore(last.at())).isPresent();
    return ahead ? new SystemClock(ledger.newSession()) : clock;
  }

  @Override
  public Moment now() {
    return new Moment(Instant.now(), System.nanoTime(), session);
  }
}
