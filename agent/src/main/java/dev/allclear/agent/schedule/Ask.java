package dev.allclear.agent.schedule;

/// What one run of a check sends at least: so many requests to `target`, a host and port, which
/// from this agent gets `perSecond` of them at most.
public record Ask(String target, int requests, double perSecond) {
  public Ask {
    if (requests < 1 || !(perSecond > 0)) {
      throw new IllegalArgumentException("requests < 1 or perSecond <= 0");
    }
  }
}
