package dev.allclear.probes.journey;

import dev.allclear.probes.Figures;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Takes a step again and again until what it waits for holds. Used on the run's thread.
///
/// An attempt that would come after the limit comes just in time before it instead, as the last.
/// Whatever an attempt comes to, an unwanted status and a refused connection too, only the time
/// ends the waiting. The failure is that of the whole step, from its first request to its last.
final class Polling {

  /// A last attempt has at least so long, and twice as long as the one before took.
  private static final Duration ROOM = Duration.ofMillis(100);

  private final Session session;
  private final Step step;
  private final Until until;
  private final Moment start;
  private final Duration limit;
  private final boolean shortened;
  private int tries;
  private boolean lastly;
  private @Nullable StepRun found;

  Polling(Session session, Step step, Until until, Moment start, Duration left) {
    this.session = session;
    this.step = step;
    this.until = until;
    this.start = start;
    limit = Budget.shorter(left, until.limit());
    shortened = left.compareTo(until.limit()) < 0;
  }

  Conductor.Taken run() {
    Moment at = start;
    while (true) {
      Attempt attempt = new Attempt(session, step, at, Budget.shorter(left(at), timeout()));
      StepRun last = attempt.run();
      tries++;
      if (!attempt.isRepeatable()) {
        return taken(last, last.end(), last.outcome(), false);
      }
      StepRun told = told(last, at);
      Moment usual = Moment.later(at.plus(until.every()), last.end());
      boolean late = !left(usual).isPositive();
      Moment next = late ? justInTime(last) : usual;
      if (lastly || next.isBefore(last.end())) {
        return taken(told, last.end(), tooLong(told), shortened);
      }
      if (!pause(next)) {
        Moment now = session.clock().now();
        return taken(told, now, Outcome.inconclusive("interrupted"), false);
      }
      lastly = late;
      found = told;
      at = session.clock().now();
    }
  }

  /// With room for its answer.
  private Moment justInTime(StepRun last) {
    Duration twice = last.length().multipliedBy(2);
    return start.plus(limit.minus(twice.compareTo(ROOM) < 0 ? ROOM : twice));
  }

  /// What the end of the waiting cut short says less than the answer before it.
  private StepRun told(StepRun last, Moment at) {
    boolean cut = left(at).compareTo(timeout()) < 0 && Conductor.isTimeout(last.outcome());
    return cut && found != null ? found : last;
  }

  private Duration left(Moment now) {
    return limit.minus(start.until(now));
  }

  private Duration timeout() {
    return step.conduct().timeout();
  }

  private Conductor.Taken taken(StepRun told, Moment end, Outcome outcome, boolean cut) {
    return new Conductor.Taken(told.in(new Manner.Polled(tries), start, end, outcome), cut);
  }

  private Outcome tooLong(StepRun told) {
    return told.outcome() instanceof Outcome.Failed failed
        ? Outcome.fail(
            failed.cause(),
            "did not hold within %s (%d %s): %s"
                .formatted(
                    Figures.written(limit), tries, tries == 1 ? "try" : "tries", failed.detail()))
        : told.outcome();
  }

  /// False if the run was interrupted meanwhile.
  private boolean pause(Moment next) {
    try {
      long nanos = session.clock().now().until(next).toNanos();
      return !new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
