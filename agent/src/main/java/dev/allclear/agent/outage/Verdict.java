package dev.allclear.agent.outage;

import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.Locale;

/// A recovery time against its objective.
public enum Verdict {
  MET,
  MISSED,
  /// The bounds contain the objective: what was measured cannot decide it.
  INCONCLUSIVE,
  /// The outage goes on and the objective is not yet certainly missed.
  OPEN;

  /// Met if RTA.max <= RTO, missed if RTA.min > RTO, else inconclusive.
  public static Verdict of(Span recovery, Duration objective) {
    if (recovery.max().compareTo(objective) <= 0) {
      return MET;
    }
    return recovery.min().compareTo(objective) > 0 ? MISSED : INCONCLUSIVE;
  }

  /// Of an outage that has lasted so long already.
  public static Verdict ofOpen(Span elapsed, Duration objective) {
    return elapsed.min().compareTo(objective) > 0 ? MISSED : OPEN;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
