package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import java.time.Duration;

/// Takes one step as its conduct says. Used on the run's thread.
final class Conductor {

  private final Session session;
  private final Scopes scopes;

  Conductor(Session session) {
    this.session = session;
    scopes = new Scopes(session.values());
  }

  /// A step as it went; `cut` is true if it did not pass because the run's time was over before its
  /// own.
  record Taken(StepRun run, boolean cut) {}

  /// One that lacks a variable is not sent, and says so.
  Taken take(Step step, Moment start, Duration left) {
    if (session.values().missing(step.variables()).isEmpty()) {
      scopes.enter(step);
    }
    try {
      return conducted(step, start, left);
    } finally {
      scopes.leave();
    }
  }

  private Taken conducted(Step step, Moment start, Duration left) {
    Until until = step.conduct().until();
    if (until != null) {
      return new Polling(session, step, until, start, left).run();
    }
    Duration timeout = step.conduct().timeout();
    StepRun run = new Attempt(session, step, start, Budget.shorter(left, timeout)).run();
    return new Taken(run, left.compareTo(timeout) < 0 && isTimeout(run.outcome()));
  }

  static boolean isTimeout(Outcome outcome) {
    return outcome instanceof Outcome.Failed(Cause cause, String _) && cause == Cause.TIMEOUT;
  }
}
