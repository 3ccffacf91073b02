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
    @Nullable Evidence evidence) {

  public StepRun {
    if (end.isBefore(begin)) {
      throw new IllegalArgumentException("end < begin");
    }
  }

  /// Without evidence.
  public StepRun(String name, Moment begin, Moment end, Outcome outcome, Reply reply) {
    this(name, begin, end, outcome, reply, null);
  }

  public StepRun withOutcome(Outcome other) {
    return new StepRun(name, begin, end, other, reply, evidence);
  }

  public StepRun withEvidence(@Nullable Evidence kept) {
    return new StepRun(name, begin, end, outcome, reply, kept);
  }

  public Duration length() {
    return begin.until(end);
  }

  /// The interval in which the outcome was true of the target. For a time-out the likely moment is
  /// when the request had left; `latest` stays at the end, since the server may have hung after it.
  public Bounds proof() {
    return outcome instanceof Outcome.Failed(Cause cause, String _)
            && cause == Cause.TIMEOUT
            && reply instanceof Reply.Http http
        ? new Bounds(begin, begin.plus(http.phases().untilSent()), end)
        : Bounds.between(begin, end);
  }
}
