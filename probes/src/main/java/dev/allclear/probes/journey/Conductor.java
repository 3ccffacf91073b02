package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Cel;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
      StepRun unsent = unsent(step, start);
      return unsent == null ? conducted(step, start, left) : new Taken(unsent, false);
    } finally {
      scopes.leave();
    }
  }

  /// A step whose condition is false is left out; null if it is to be sent.
  private @Nullable StepRun unsent(Step step, Moment start) {
    Cel when = step.conduct().when();
    if (when == null) {
      return null;
    }
    return switch (when.evaluate(Map.of("vars", session.values().known()))) {
      case Cel.Result.Is(boolean holds) when holds -> null;
      case Cel.Result.Is _ -> StepRun.skipped(step.name(), start, when + " is false");
      case Cel.Result.Failed(String why) ->
          new StepRun(
              step.name(),
              start,
              start,
              Outcome.fail(Cause.EXTRACT, session.mask().value("`when` cannot be decided: " + why)),
              Reply.nothing());
    };
  }

  private Taken conducted(Step step, Moment start, Duration left) {
    Until until = step.conduct().until();
    if (until != null) {
      return new Polling(session, step, until, start, left).run();
    }
    Duration timeout = step.conduct().timeout();
    StepRun run = once(step, start, Budget.shorter(left, timeout));
    return new Taken(run, left.compareTo(timeout) < 0 && isTimeout(run.outcome()));
  }

  private StepRun once(Step step, Moment start, Duration limit) {
    if (!step.conduct().regions().isEmpty()) {
      return new Across(session, step, start, limit).run();
    }
    return step.conduct().burst() > 1
        ? new Burst(session, step, start, limit).run()
        : new Attempt(session, step, start, limit).run();
  }

  static boolean isTimeout(Outcome outcome) {
    return outcome instanceof Outcome.Failed(Cause cause, String _) && cause == Cause.TIMEOUT;
  }
}
