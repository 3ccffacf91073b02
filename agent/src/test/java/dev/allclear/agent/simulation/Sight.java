package dev.allclear.agent.simulation;

import java.util.List;

/// What a run met in truth: the instants at which its function was up, and that at which it failed;
/// `own` if that was the agent's own doing.
record Sight(List<Long> good, long bad, boolean own) {
  static final long NONE = Long.MIN_VALUE;

  Sight {
    good = List.copyOf(good);
  }

  Sight(List<Long> good, long bad) {
    this(good, bad, false);
  }

  boolean failed() {
    return bad != NONE;
  }
}
