package dev.allclear.agent.schedule;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How many requests each target gets from this agent, whichever checks send them and however these
/// stand: a bucket of tokens for each. Where checks name different rates the lowest holds.
///
/// A run starts if there is a token, and then takes as many as it sends requests, so that a long
/// one waits no longer than a short one; what it takes too much is made up for before the next.
/// Half of a bucket is left to what is urgent.
final class Budget {
  private static final Duration FIRST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final Map<String, Bucket> buckets = new HashMap<>();
  private final Map<String, Rest> rests = new HashMap<>();

  /// A target that says it is asked too much is left alone for a while, longer each time, and as
  /// long as it asks at least.
  private record Rest(Moment until, Duration length) {
    static final Rest NONE = new Rest(Moment.UNBOUNDED, Duration.ZERO);

    Rest after(Plea plea, Moment now) {
      Rest own = plea.tooMuch() && !now.isBefore(until) ? longer(now) : this;
      return new Rest(Moment.later(own.until, now.plus(plea.rest())), own.length);
    }

    private Rest longer(Moment now) {
      Duration twice = length.isZero() ? FIRST_REST : length.multipliedBy(2);
      Duration next = twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
      return new Rest(now.plus(next), next);
    }
  }

  /// `tokens` were there at `at`; they come back with `perSecond`.
  private record Bucket(double perSecond, double tokens, Moment at) {
    private static final double LEAST_BURST = 4;

    static Bucket full(double perSecond, Moment now) {
      return new Bucket(perSecond, burst(perSecond), now);
    }

    private static double burst(double perSecond) {
      return Math.max(LEAST_BURST, perSecond);
    }

    Bucket slowedTo(double lowest) {
      return lowest < perSecond ? new Bucket(lowest, Math.min(tokens, burst(lowest)), at) : this;
    }

    private double at(Moment now) {
      double since = at.until(now).toNanos() / 1e9;
      return Math.min(burst(perSecond), tokens + since * perSecond);
    }

    Moment free(boolean urgent, Moment now) {
      double lacking = (urgent ? 1 : burst(perSecond) / 2) - at(now);
      return lacking <= 0
          ? now
          : now.plus(Duration.ofNanos((long) Math.ceil(lacking / perSecond * 1e9)));
    }

    Bucket without(int requests, Moment now) {
      return new Bucket(perSecond, at(now) - requests, now);
    }

    /// The last one is left to what is urgent.
    Bucket sparing(int requests, Moment now) {
      double there = at(now);
      return new Bucket(perSecond, Math.max(Math.min(there, 1), there - requests), now);
    }
  }

  /// When a run that asks so may start: now, and then it is accounted for, or when to ask again.
  Moment admit(List<Ask> asks, boolean urgent, Moment now) {
    Moment free = now;
    for (Ask ask : asks) {
      Bucket bucket =
          buckets
              .computeIfAbsent(ask.target(), _ -> Bucket.full(ask.perSecond(), now))
              .slowedTo(ask.perSecond());
      buckets.put(ask.target(), bucket);
      Rest rest = rests.get(ask.target());
      Moment rested = rest == null ? now : rest.until();
      free = Moment.later(free, Moment.later(rested, bucket.free(urgent, now)));
    }
    if (!now.isBefore(free)) {
      asks.forEach(ask ->
          buckets.computeIfPresent(
              ask.target(), (_, bucket) -> bucket.without(ask.requests(), now)));
    }
    return free;
  }

  /// What a run was told; without a plea the rest is over.
  void told(List<Ask> asks, Plea plea, Moment now) {
    for (Ask ask : asks) {
      if (plea.isNone()) {
        rests.remove(ask.target());
      } else {
        rests.put(ask.target(), rests.getOrDefault(ask.target(), Rest.NONE).after(plea, now));
      }
    }
  }

  /// Requests that a run sent beyond what was known of it beforehand.
  void more(Ask ask, int requests, Moment now) {
    buckets.computeIfPresent(ask.target(), (_, bucket) -> bucket.without(requests, now));
  }

  /// Requests beside those of runs, which these must not keep from what is urgent.
  void beside(List<Ask> asks, Moment now) {
    asks.forEach(ask ->
        buckets.computeIfPresent(ask.target(), (_, bucket) -> bucket.sparing(ask.requests(), now)));
  }

  /// Which targets are left alone, and until when.
  Map<String, Moment> rests(Moment now) {
    Map<String, Moment> left = new TreeMap<>();
    rests.forEach((target, rest) -> {
      if (now.isBefore(rest.until())) {
        left.put(target, rest.until());
      }
    });
    return left;
  }
}
