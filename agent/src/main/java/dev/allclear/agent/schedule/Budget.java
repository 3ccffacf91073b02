package dev.allclear.agent.schedule;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many requests each target gets from this agent, whichever checks send them and however these
/// stand: a bucket of tokens for each. Where checks name different rates the lowest holds.
///
/// A run starts if there is a token, and then takes as many as it sends requests, so that a long
/// one waits no longer than a short one; what it takes too much is made up for before the next.
/// Half of a bucket is left to what is urgent.
final class Budget {
  private final Map<String, Bucket> buckets = new HashMap<>();

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
      free = Moment.later(free, bucket.free(urgent, now));
    }
    if (!now.isBefore(free)) {
      asks.forEach(ask ->
          buckets.computeIfPresent(
              ask.target(), (_, bucket) -> bucket.without(ask.requests(), now)));
    }
    return free;
  }
}
