package dev.allclear.probes;

import java.util.Locale;

/// Why a probe did not pass. The set is closed: it is a metric label.
public enum Cause {
  DNS,
  CONNECT,
  TLS,
  TIMEOUT,
  STATUS,
  ASSERTION,
  EXTRACT,
  PROTOCOL,
  /// The agent's own fault; the target is not to blame.
  LOCAL;

  /// As in metrics, JSON and pages.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
