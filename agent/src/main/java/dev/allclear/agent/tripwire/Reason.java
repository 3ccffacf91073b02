package dev.allclear.agent.tripwire;

import java.util.Locale;

/// Why a held connection broke, as far as what was asked afterwards tells.
public enum Reason {
  /// The server closes what is idle for so long; it was well.
  IDLE_LIMIT,

  /// The server said before that it would; it was not asked.
  ANNOUNCED,

  /// The server closed it in good order, as for a reload, and was well.
  CLOSED,

  /// It was cut, and the server was well.
  RESET,

  /// A request on it failed, but not on a new connection.
  UNANSWERED,

  /// The detection failed, too.
  OUTAGE,

  /// The detection could not tell.
  UNKNOWN;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
