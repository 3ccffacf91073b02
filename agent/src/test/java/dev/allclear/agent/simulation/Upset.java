package dev.allclear.agent.simulation;

/// What befalls the agent at some millisecond.
record Upset(Kind kind, long at, long length) {

  enum Kind {
    /// Killed; started again after `length`.
    KILL,
    /// Its machine is restarted, which takes `length`: a new monotonic clock.
    REBOOT,
    /// Nothing of it moves for `length`.
    PAUSE,
    /// The machine sleeps for `length`.
    SLEEP,
    /// The agent's own network is lost for `length`.
    CUT,
    /// The wall clock is set by `length`, which may be negative.
    STEP
  }

  /// The first millisecond after it.
  long end() {
    return kind == Kind.STEP ? at : at + length;
  }
}
