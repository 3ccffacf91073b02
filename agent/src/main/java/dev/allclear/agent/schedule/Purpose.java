package dev.allclear.agent.schedule;

import java.util.Locale;

/// What a run is for.
public enum Purpose {
  /// To see that all is well, or what is not part of an outage.
  POLL,

  /// Something may be wrong.
  CONFIRM,

  /// It is down: to see when it returns.
  RETRY,

  /// To see that it has returned for good.
  VERIFY;

  /// As in metrics.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
