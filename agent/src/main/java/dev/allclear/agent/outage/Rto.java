package dev.allclear.agent.outage;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The Recovery Time Objective: how long it may take until the service is verified healthy, counted
/// from the onset unless another start is chosen. `remediation` is how long after the detection
/// somebody must have begun to do something about it; null if nobody asks for that.
public record Rto(Duration target, From from, @Nullable Duration remediation) {

  /// Where the verdict's clock starts.
  public enum From {
    ONSET,
    DETECTED,
    DECLARED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Rto {
    if (!target.isPositive()) {
      throw new IllegalArgumentException("rto <= 0");
    }
    if (remediation != null && !remediation.isPositive()) {
      throw new IllegalArgumentException("remediation <= 0");
    }
  }

  public Rto(Duration target, From from) {
    this(target, from, null);
  }
}
