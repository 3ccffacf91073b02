package dev.allclear.agent.outage;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What it takes to call a service down, and to call it verified again: `confirm` fails of `of`
/// probes; `passes` in a row of every required probe, spanning at least `span`, and no confirmed
/// fail for `hold` after that.
public record Policy(
    Rto rto,
    int confirm,
    int of,
    int passes,
    Duration span,
    Duration hold,
    Degradation degradation,
    @Nullable Flap flap,
    Maintenance maintenance) {

  /// So many blips within so long a time are more than blips.
  public record Flap(int blips, Duration window) {
    public Flap {
      if (blips < 2 || !window.isPositive()) {
        throw new IllegalArgumentException("blips < 2 or window <= 0");
      }
    }
  }

  /// How bad the failing of each probe is, down where nothing is said; `slow` is how bad it is that
  /// a probe passes slower than its objective, null if that has no level of its own.
  public record Degradation(
      Map<String, Level> probes, @Nullable Level slow, Map<Level, Rto> objectives) {
    public static final Degradation NONE = new Degradation(Map.of(), null, Map.of());

    private static final String IN_TIME = " in time";

    public Degradation {
      probes = Map.copyOf(probes);
      objectives = Map.copyOf(objectives);
    }

    /// All that is required: each probe, and where it matters that it is in time.
    public Map<String, Depth> required(Map<String, Depth> asked) {
      Map<String, Depth> all = new TreeMap<>(asked);
      if (slow != null) {
        asked.forEach((probe, depth) -> {
          if (depth.detects()) {
            all.put(probe + IN_TIME, depth);
          }
        });
      }
      return all;
    }

    /// Whether it is a probe itself, not that one is in time.
    boolean isAsked(String required) {
      return slow == null || !required.endsWith(IN_TIME);
    }

    /// What a run tells of each of these. Of one that fails nobody knows how long it would take.
    List<Observation> readings(Observation run) {
      if (slow == null) {
        return List.of(run);
      }
      return switch (run.outcome()) {
        case Outcome.Passed _ -> List.of(run, run.as(run.probe() + IN_TIME, run.outcome()));
        case Outcome.Slow(String detail) ->
            List.of(
                run.as(run.probe(), Outcome.pass()),
                run.as(run.probe() + IN_TIME, Outcome.fail(Cause.ASSERTION, detail)));
        case Outcome.Failed _, Outcome.Inconclusive _ -> List.of(run);
      };
    }

    private Level level(String probe) {
      Level otherwise = slow != null && probe.endsWith(IN_TIME) ? slow : Level.DOWN;
      return probes.getOrDefault(probe, otherwise);
    }
  }

  public Policy {
    if (confirm < 1 || of < confirm) {
      throw new IllegalArgumentException("not 1 <= confirm <= of");
    }
    if (passes < 1) {
      throw new IllegalArgumentException("passes < 1");
    }
    if (span.isNegative() || !hold.isPositive()) {
      throw new IllegalArgumentException("span < 0 or hold <= 0");
    }
  }

  /// Every probe is worth the same, blips are counted only, and nothing is planned.
  public Policy(Rto rto, int confirm, int of, int passes, Duration span, Duration hold) {
    this(rto, confirm, of, passes, span, hold, Degradation.NONE, null, Maintenance.NONE);
  }

  public Policy degrading(Degradation other) {
    return new Policy(rto, confirm, of, passes, span, hold, other, flap, maintenance);
  }

  public Policy flapping(@Nullable Flap other) {
    return new Policy(rto, confirm, of, passes, span, hold, degradation, other, maintenance);
  }

  public Policy maintained(Maintenance other) {
    return new Policy(rto, confirm, of, passes, span, hold, degradation, flap, other);
  }

  /// How bad it is that this probe fails.
  Level level(String probe) {
    return degradation.level(probe);
  }
}
