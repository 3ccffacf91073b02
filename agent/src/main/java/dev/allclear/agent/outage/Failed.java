package dev.allclear.agent.outage;

import java.util.List;

/// What is kept of the failed runs of one incident: how many there were, and the first of each
/// kind.
public record Failed(long runs, List<Failure> kept) {
  public static final Failed NOTHING = new Failed(0, List.of());

  public Failed {
    kept = List.copyOf(kept);
  }
}
