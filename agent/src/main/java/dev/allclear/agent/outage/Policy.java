package dev.allclear.agent.outage;

import java.time.Duration;

/// What it takes to call a service down, and to call it verified again: `confirm` fails of `of`
/// probes; `passes` in a row of every required probe, spanning at least `span`, and no confirmed
/// fail for `hold` after that.
public record Policy(Rto rto, int confirm, int of, int passes, Duration span, Duration hold) {

  public Policy {
    if (confirm < 1 || of < confirm) {
      throw new IllegalArgumentException("not 1 <= confirm <= of");
    }
    if (passes < 1) {
      throw new IllegalArgumentException("passes < 1");
    }
    if (span.isNegative() || !hold.isPositive()) {
      throw new IllegalArgumentException("span < 0 or hold <= 0");
    }
  }
}
