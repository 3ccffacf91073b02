package dev.allclear.agent.tripwire;

import java.util.Locale;

/// How a tripwire holds on.
public enum Grip {
  /// There is no connection yet.
  OPENING,

  /// A connection is held.
  HOLDING,

  /// The service is not well, so that there is nothing to notice.
  RESTING,

  /// The server closes connections sooner than is worth holding them; it is tried again now and
  /// then.
  OFF;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
