package dev.allclear.probes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One step of one run: an HTTP exchange of a journey, or one server's answer of a lookup.
/// `evidence` is kept of an exchange that failed, and of others only where it was asked for.
public record StepRun(
    String name,
    Moment begin,
    Moment end,
    Outcome outcome,
    Reply reply,
    @Nullable Evidence evidence,
    Manner manner) {

  public StepRun {
    if (end.isBefore(begin)) {
      throw new IllegalArgumentException("end < begin");
    }
  }

  /// Taken once, without evidence.
  public StepRun(String name, Moment begin, Moment end, Outcome outcome, Reply reply) {
    this(name, begin, end, outcome, reply, null, Manner.once());
  }

  /// One that was left out, and why.
  public static StepRun skipped(String name, Moment at, String reason) {
    Outcome nothing = Outcome.inconclusive("skipped: " + reason);
    return new StepRun(name, at, at, nothing, Reply.nothing(), null, new Manner.Skipped(reason));
  }

  /// The same exchange, but all of this is known about the step.
  public StepRun in(Manner taken, Moment from, Moment to, Outcome established) {
    return new StepRun(name, from, to, established, reply, evidence, taken);
  }

  public StepRun withOutcome(Outcome other) {
    return in(manner, begin, end, other);
  }

  public StepRun withEvidence(@Nullable Evidence kept) {
    return new StepRun(name, begin, end, outcome, reply, kept, manner);
  }

  public boolean isSkipped() {
    return manner instanceof Manner.Skipped;
  }

  public Duration length() {
    return begin.until(end);
  }

  /// The interval in which the outcome was true of the target. For a time-out the likely moment is
  /// when the request had left; `latest` stays at the end, since the server may have hung after it.
  public Bounds proof() {
    return outcome instanceof Outcome.Failed(Cause cause, String _)
            && cause == Cause.TIMEOUT
            && manner instanceof Manner.Once
            && reply instanceof Reply.Http http
        ? new Bounds(begin, begin.plus(http.phases().untilSent()), end)
        : Bounds.between(begin, end);
  }
}
