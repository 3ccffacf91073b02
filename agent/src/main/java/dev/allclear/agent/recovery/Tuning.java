package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What would have become of so many suspicions with each of several thresholds, beside what
/// becomes of them with the `current` one.
public record Tuning(int suspicions, Threshold current, List<Candidate> candidates) {

  /// Of fewer nothing is concluded: what none of twenty did may still be one in six.
  public static final int ENOUGH = 20;

  /// How many become outages, stay blips, or cannot be told; how many blips of the current
  /// threshold are `raised` to outages, and how many of its outages are `lost`. `delays` tell, of
  /// the outages of both, how much later they are detected than with the current one, in order.
  public record Candidate(
      Threshold threshold,
      int outages,
      int blips,
      int unknown,
      int raised,
      int lost,
      List<Duration> delays) {

    public Candidate {
      delays = List.copyOf(delays);
    }

    /// Empty if there are none; of an even number the lower of the middle two.
    public Optional<Duration> median() {
      return delays.isEmpty() ? Optional.empty() : Optional.of(delays.get((delays.size() - 1) / 2));
    }

    /// Whether it decides everything as the current one does, but for the time it takes.
    boolean decidesAlike() {
      return unknown == 0 && lost == 0 && outages == delays.size();
    }
  }

  public Tuning {
    candidates = List.copyOf(candidates);
  }

  public static Tuning of(
      List<Suspicion> suspicions, Threshold current, List<Threshold> thresholds) {
    List<Fate> now = fates(suspicions, current);
    return new Tuning(
        suspicions.size(),
        current,
        thresholds.stream().map(each -> candidate(each, fates(suspicions, each), now)).toList());
  }

  private static List<Fate> fates(List<Suspicion> suspicions, Threshold threshold) {
    return suspicions.stream().map(each -> Replay.of(each, threshold)).toList();
  }

  private static Candidate candidate(Threshold threshold, List<Fate> then, List<Fate> now) {
    int raised = 0;
    int lost = 0;
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      switch (now.get(i)) {
        case Fate.Outage(Moment before) -> {
          switch (then.get(i)) {
            case Fate.Outage(Moment after) -> delays.add(before.until(after));
            case Fate.Blip() -> lost++;
            case Fate.Unknown() -> {}
          }
        }
        case Fate.Blip() -> raised += then.get(i) instanceof Fate.Outage ? 1 : 0;
        case Fate.Unknown() -> {}
      }
    }
    return new Candidate(
        threshold,
        count(then, Fate.Outage.class),
        count(then, Fate.Blip.class),
        count(then, Fate.Unknown.class),
        raised,
        lost,
        delays.stream().sorted().toList());
  }

  private static int count(List<Fate> fates, Class<? extends Fate> kind) {
    return (int) fates.stream().filter(kind::isInstance).count();
  }

  public boolean isEnough() {
    return suspicions >= ENOUGH;
  }

  /// The one that finds the same outages and no others, and the soonest in the median; empty where
  /// that is the current one, or too little is known.
  public Optional<Candidate> better() {
    return candidates.stream()
        .filter(each -> isEnough() && each.decidesAlike())
        .filter(each -> each.median().filter(Duration::isNegative).isPresent())
        .min(Comparator.comparing(each -> each.median().orElseThrow()));
  }
}
