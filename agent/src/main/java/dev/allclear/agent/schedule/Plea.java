package dev.allclear.agent.schedule;

import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.State;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a target asks of those who ask it: to be left alone for `rest`, and longer each time if it
/// says that they are `tooMuch`.
///
/// Too Many Requests (RFC 6585, section 4) is about who asks, and is obeyed. Service Unavailable
/// with Retry-After only tells how long it may take (RFC 9110, 10.2.3), and whoever measures how
/// long it takes must not take that on trust: a service known to be down is then asked no more
/// often than while it was healthy, and no less.
record Plea(boolean tooMuch, Duration rest) {
  static final Plea NONE = new Plea(false, Duration.ZERO);
  static final Duration LONGEST = Duration.ofMinutes(5);

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  boolean isNone() {
    return !tooMuch && rest.isZero();
  }

  static Plea of(Observation observation, Check check, Health health) {
    Plea plea = NONE;
    for (StepRun step : observation.steps()) {
      if (step.reply() instanceof Reply.Http http) {
        plea = plea.and(of(http, check, health));
      }
    }
    return plea;
  }

  private static Plea of(Reply.Http http, Check check, Health health) {
    Duration asked = atMost(LONGEST, http.retryAfter());
    return switch (http.status()) {
      case TOO_MANY_REQUESTS -> new Plea(true, asked);
      case UNAVAILABLE -> isKnown(health) ? new Plea(false, atMost(check.every(), asked)) : NONE;
      default -> NONE;
    };
  }

  private Plea and(Plea other) {
    return new Plea(tooMuch || other.tooMuch, rest.compareTo(other.rest) >= 0 ? rest : other.rest);
  }

  /// What is still to be confirmed is confirmed at once.
  private static boolean isKnown(Health health) {
    return health.state() instanceof State.Down || health.state() instanceof State.Degraded;
  }

  private static Duration atMost(Duration longest, @Nullable Duration asked) {
    if (asked == null) {
      return Duration.ZERO;
    }
    return asked.compareTo(longest) <= 0 ? asked : longest;
  }
}
