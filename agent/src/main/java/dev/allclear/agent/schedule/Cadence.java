package dev.allclear.agent.schedule;

import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.State;
import dev.allclear.agent.outage.Track;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;

/// How long after its last start a probe runs again, given how its cell stands. Pure but for the
/// jitter.
final class Cadence {

  /// Between the confirmations of a suspicion, after the first, which comes at once.
  static final Duration CONFIRM = Duration.ofMillis(200);

  /// The same where connections are refused, for the first few.
  static final Duration CONFIRM_REFUSED = Duration.ofMillis(20);

  /// The same where no answer may come, before the first has failed to.
  static final Duration PRESS = Duration.ofMillis(20);

  private static final int FEW = 8;

  /// Mean of the jitter while connections are refused.
  static final Duration RETRY_REFUSED = Duration.ofMillis(125);

  /// Mean of the jitter while down: cheap probes, and deep ones where there is no cheap one.
  static final Duration RETRY_SHALLOW = Duration.ofMillis(250);

  static final Duration RETRY_DEEP = Duration.ofMillis(500);
  static final Duration LEARN = Duration.ofSeconds(1);

  /// More of a check are never under way.
  static final int MOST_AT_ONCE = 12;

  private static final int DEEP_AT_ONCE = 2;

  private Cadence() {}

  /// A delay of zero means at once; a full interval means the next slot of the probe's grid.
  static Duration delay(Health health, Check check, Policy policy, RandomGenerator random) {
    Track track = health.tracks().get(check.probe().name());
    if (track == null) {
      return check.every();
    }
    return shorter(
        check.every(),
        switch (health.state()) {
          case State.Unknown() -> unsure(track, LEARN);
          case State.Healthy() -> check.every();
          case State.Suspect() -> unsure(track, check.every());
          case State.Down(Set<String> failing) -> down(track, failing, health, random, check);
          case State.Degraded(Level _, Set<String> failing) ->
              failing.contains(track.probe())
                  ? down(track, failing, health, random, check)
                  : unsure(track, check.every());
          case State.Recovering(Set<String> _) -> recovering(track, policy, random);
          case State.Verifying() -> verifying(track, policy);
          case State.Verified(Moment _) -> reconfirm(track, check.every());
        });
  }

  /// How many runs of a check may be under way at once, `CONFIRM` apart at least. Of a hung target
  /// only requests sent shortly before its return tell when it returned, and each takes a whole
  /// time-out; and a deep run that hangs since before the recovery must not hold up the next.
  static int atOnce(Health health, Check check) {
    Track track = health.tracks().get(check.probe().name());
    if (track == null || track.streak() > 0) {
      return 1;
    }
    boolean failing = health.failing().contains(track.probe());
    return switch (check.probe().depth()) {
      case SHALLOW ->
          health.state() instanceof State.Suspect
                  || (failing && health.state() instanceof State.Down)
              ? MOST_AT_ONCE
              : 1;
      case DEEP -> failing && health.state() instanceof State.Recovering ? DEEP_AT_ONCE : 1;
      case DNS -> 1;
    };
  }

  /// Whether what runs now decides something: it goes before regular polling.
  static boolean isUrgent(Health health) {
    return !(health.state() instanceof State.Healthy);
  }

  /// What a run is for that begins now.
  static Purpose purpose(Health health, Check check) {
    return switch (health.state()) {
      case State.Unknown _, State.Healthy _, State.Verified _ -> Purpose.POLL;
      case State.Suspect _ -> Purpose.CONFIRM;
      case State.Down _, State.Degraded _ ->
          health.failing().contains(check.probe().name()) ? Purpose.RETRY : Purpose.POLL;
      case State.Recovering _, State.Verifying _ -> Purpose.VERIFY;
    };
  }

  /// Whether a run that has ended was so short that the next is planned anew: while runs may
  /// overlap, it is planned at first as if this one would hang.
  static boolean isQuick(Health health, Check check) {
    Track track = health.tracks().get(check.probe().name());
    return track != null && track.isRefused();
  }

  private static Duration unsure(Track track, Duration otherwise) {
    if (!track.isDoubted()) {
      return otherwise;
    }
    return track.fails() == 1
        ? Duration.ZERO
        : track.isRefused() && track.fails() < FEW ? CONFIRM_REFUSED : CONFIRM;
  }

  private static Duration down(
      Track track, Set<String> failing, Health health, RandomGenerator random, Check check) {
    boolean cheapOneFails =
        health.required().stream()
            .anyMatch(each -> each.depth() == Depth.SHALLOW && failing.contains(each.probe()));
    return switch (track.depth()) {
      case SHALLOW -> jitter(retry(track), random);
      case DEEP -> cheapOneFails ? check.every() : jitter(RETRY_DEEP, random);
      case DNS -> LEARN;
    };
  }

  private static Duration retry(Track track) {
    return track.isRefused() ? RETRY_REFUSED : RETRY_SHALLOW;
  }

  private static Duration recovering(Track track, Policy policy, RandomGenerator random) {
    if (track.streak() > 0) {
      return pace(policy);
    }
    return switch (track.depth()) {
      case SHALLOW -> track.passed() ? Duration.ZERO : jitter(retry(track), random);
      case DEEP -> track.passed() ? Duration.ZERO : jitter(RETRY_DEEP, random);
      case DNS -> LEARN;
    };
  }

  private static Duration verifying(Track track, Policy policy) {
    return reconfirm(
        track, track.depth() == Depth.DNS ? longer(pace(policy), LEARN) : pace(policy));
  }

  /// One quick re-probe confirms or refutes a fail.
  private static Duration reconfirm(Track track, Duration otherwise) {
    return track.fails() == 1 && track.depth().detects() ? Duration.ZERO : otherwise;
  }

  /// Twice as many passes as required within the span, but no faster than while down.
  private static Duration pace(Policy policy) {
    return longer(RETRY_SHALLOW, policy.span().dividedBy(2L * Math.max(1, policy.passes() - 1)));
  }

  /// Uniform over half of the mean to one and a half, so that many agents do not fall into step.
  /// The longest gaps date a recovery worst, and the shortest ones do not make up for that.
  private static Duration jitter(Duration mean, RandomGenerator random) {
    return mean.dividedBy(2).plusNanos(random.nextLong(mean.toNanos() + 1));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
