package dev.allclear.agent.outage;

/// How many `fails` of so many runs, from the first fail on, make an outage.
public record Threshold(int fails, int of) {
  public Threshold {
    if (fails < 1 || of < fails) {
      throw new IllegalArgumentException("not 1 <= fails <= of");
    }
  }

  static Threshold of(Policy policy) {
    return new Threshold(policy.confirm(), policy.of());
  }

  /// As it is written in the config.
  @Override
  public String toString() {
    return fails + " of " + of;
  }
}
