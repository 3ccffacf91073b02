package dev.allclear.agent.simulation;

import java.util.List;

/// What a run met in truth: the instants at which its function was up, and that at which it failed.
record Sight(List<Long> good, long bad) {
  static final long NONE = Long.MIN_VALUE;

  Sight {
    good = List.copyOf(good);
  }

  boolean failed() {
    return bad != NONE;
  }
}
