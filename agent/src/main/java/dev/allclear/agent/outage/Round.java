package dev.allclear.agent.outage;

import dev.allclear.probes.Moment;

/// One look at the agent's own network: every witness was asked at `begin`, and `passed` if any has
/// answered by `end`. `reason` names those that did not.
public record Round(Moment begin, Moment end, boolean passed, String reason) {

  public Round {
    if (end.isBefore(begin)) {
      throw new IllegalArgumentException("end < begin");
    }
  }
}
