package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
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

  /// Where the clock starts. What nobody has `declared` may have been at any time up to `end`.
  public Bounds start(Bounds onset, Moment detected, @Nullable Bounds declared, Moment end) {
    return switch (from) {
      case ONSET -> onset;
      case DETECTED -> Bounds.at(detected);
      case DECLARED -> declared == null ? Bounds.between(onset.earliest(), end) : declared;
    };
  }

  public Rto(Duration target, From from) {
    this(target, from, null);
  }
}
