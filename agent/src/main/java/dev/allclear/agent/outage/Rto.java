package dev.allclear.agent.outage;

import java.time.Duration;
import java.util.Locale;

/// The Recovery Time Objective: how long it may take until the service is verified healthy, counted
/// from the onset unless another start is chosen.
public record Rto(Duration target, From from) {

  /// Where the verdict's clock starts.
  public enum From {
    ONSET,
    DETECTED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Rto {
    if (!target.isPositive()) {
      throw new IllegalArgumentException("rto <= 0");
    }
  }
}
