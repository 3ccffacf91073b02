package dev.allclear.probes.readiness;

import java.time.Duration;
import java.util.List;

/// What a recovery time objective leaves for DNS: `left` = RTO - detect - decide - (T2 - T0) -
/// connect and warm up (reference, 3).
public record Budget(
    Duration rto, Duration detect, Duration decide, Duration sync, Duration connect) {

  /// Negative if the rest alone takes longer than the objective.
  public Duration left() {
    return rto.minus(detect).minus(decide).minus(sync).minus(connect);
  }

  /// The longest TTL in whole seconds that would do; 0 if none would.
  public int longestTtl() {
    return (int) Math.max(0, left().toSeconds() - 1);
  }

  /// Whether caches holding entries this long are done in time, and if not, for which share of
  /// users. `limit` is the delay that decides, sync aside, which the budget has counted already.
  public Verdict judge(Delay limit, List<Demand> demands) {
    Duration missing = limit.length().plusSeconds(1).minus(left());
    if (!missing.isPositive()) {
      return new Verdict.Feasible(missing.negated(), limit);
    }
    double covered = left().isPositive() ? covered(demands, left()) : 0;
    return covered > 0
        ? new Verdict.FeasibleFor(covered, missing, limit, longestTtl())
        : new Verdict.Infeasible(missing, limit, longestTtl());
  }

  /// The share of users, by weight, whose caches hold no old entry so long after T2; each cache
  /// alike if none has a weight, 0 if there is none.
  public static double covered(List<Demand> demands, Duration since) {
    double all = demands.stream().mapToDouble(Demand::weight).sum();
    if (all == 0) {
      return demands.stream().mapToDouble(each -> each.covered(since)).average().orElse(0);
    }
    return demands.stream().mapToDouble(each -> each.weight() * each.covered(since)).sum() / all;
  }

  /// What the objective comes to.
  public sealed interface Verdict {
    /// Every cache is done in time, with so much to spare.
    record Feasible(Duration spare, Delay limit) implements Verdict {}

    /// So many users, as a share of 1, are served in time; the worst case misses by `missing`, and
    /// a TTL of `longestTtl` seconds would do.
    record FeasibleFor(double share, Duration missing, Delay limit, int longestTtl)
        implements Verdict {}

    /// Nobody is known to be served in time.
    record Infeasible(Duration missing, Delay limit, int longestTtl) implements Verdict {}
  }
}
