package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Kind;
import dev.allclear.agent.outage.Verdict;
import dev.allclear.probes.Moment;
import java.util.List;

/// M4: how many of the recoveries met their objective. What is inconclusive may have.
public record SuccessRate(int met, int missed, int inconclusive) {
  /// Of the normal distribution, for 95 %.
  private static final double Z = 1.96;

  /// Of closed outages: game days and maintenance are counted apart, open ones not at all.
  public static SuccessRate of(List<Incident> incidents, Kind kind, Moment now) {
    List<Verdict> verdicts =
        incidents.stream()
            .filter(each -> !each.isOpen() && each.kind() == kind)
            .map(each -> each.verdict(now))
            .toList();
    return new SuccessRate(
        count(verdicts, Verdict.MET),
        count(verdicts, Verdict.MISSED),
        count(verdicts, Verdict.INCONCLUSIVE));
  }

  private static int count(List<Verdict> verdicts, Verdict verdict) {
    return (int) verdicts.stream().filter(verdict::equals).count();
  }

  public int n() {
    return met + missed + inconclusive;
  }

  /// Of the share that would be met in the long run, with 95 % confidence (Wilson score interval,
  /// of the least that may have been met). 0 where there is nothing to count.
  public double lowest() {
    return n() == 0 ? 0 : Math.max(0, centre(met) - half(met));
  }

  /// Of the most that may have been met; 1 where there is nothing to count.
  public double highest() {
    return n() == 0 ? 1 : Math.min(1, centre(met + inconclusive) + half(met + inconclusive));
  }

  /// (p + z²/2n) / (1 + z²/n)
  private double centre(int successes) {
    double p = (double) successes / n();
    return (p + Z * Z / (2 * n())) / (1 + Z * Z / n());
  }

  /// z / (1 + z²/n) · sqrt(p(1−p)/n + z²/4n²)
  private double half(int successes) {
    double p = (double) successes / n();
    double n = n();
    return Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
  }
}
