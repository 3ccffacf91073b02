package dev.allclear.agent.outage;

import java.util.Locale;

/// Why the agent could not see. The set is closed: it is a metric label.
public enum Blindness {
  NOT_RUNNING,
  /// No witness of its own network answered.
  NETWORK,
  /// The process did not get to run.
  STOPPED,
  /// The machine slept.
  SUSPENDED;

  /// As in metrics and JSON.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
