package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is remembered of one required probe. `lastPass` and `lastFail` are evidence and outlive
/// restarts; the rest counts since the cell last went down or was blind. `fails` are in a row;
/// `streak` are passes in a row, of which `streakStart` is the first.
public record Track(
    String probe,
    Depth depth,
    @Nullable Bounds lastPass,
    @Nullable Bounds lastFail,
    int fails,
    boolean passed,
    int streak,
    @Nullable Bounds streakStart,
    @Nullable Doubt doubt) {

  static Track unseen(String probe, Depth depth) {
    return new Track(probe, depth, null, null, 0, false, 0, null, null);
  }

  /// The same probe with the evidence that an earlier session wrote down.
  Track withEvidence(@Nullable Bounds pass, @Nullable Bounds fail) {
    return new Track(probe, depth, pass, fail, fails, passed, streak, streakStart, doubt);
  }

  /// Forgets what it counted, keeps the evidence.
  Track fresh() {
    return new Track(probe, depth, lastPass, lastFail, 0, false, 0, null, null);
  }

  Track withoutDoubt() {
    return new Track(probe, depth, lastPass, lastFail, fails, passed, streak, streakStart, null);
  }

  /// An inconclusive run changes nothing.
  Track after(Observation observation) {
    return switch (observation.outcome()) {
      case Outcome.Passed() -> afterPass(observation.proof());
      case Outcome.Failed failed -> afterFail(observation.proof(), failed);
      case Outcome.Inconclusive(String _) -> this;
    };
  }

  private Track afterPass(Bounds proof) {
    Doubt left = doubt == null ? null : doubt.passed();
    Bounds start = streakStart == null ? proof : streakStart;
    return new Track(probe, depth, proof, lastFail, 0, true, streak + 1, start, left);
  }

  private Track afterFail(Bounds proof, Outcome.Failed failed) {
    Doubt next =
        doubt == null
            ? Doubt.first(onset(proof, failed.cause()), failed.cause(), failed.detail())
            : doubt.failedAgain();
    return new Track(probe, depth, lastPass, proof, fails + 1, passed, 0, null, next);
  }

  /// Onset as this probe bounds it: begin of the last pass to end of the first fail. Without any
  /// pass nothing bounds it from below. A time-out most likely began when its request was sent.
  private Bounds onset(Bounds failProof, Cause cause) {
    if (lastPass == null) {
      return new Bounds(Moment.UNBOUNDED, failProof.likely(), failProof.latest());
    }
    Bounds middle = Bounds.between(lastPass.earliest(), failProof.latest());
    return cause == Cause.TIMEOUT
        ? new Bounds(middle.earliest(), failProof.likely(), middle.latest())
        : middle;
  }

  /// Passed `passes` times in a row, from the end of the first to the begin of the last at least
  /// `span`: at both of these the target was healthy.
  boolean verified(Policy policy) {
    if (streak < policy.passes() || streakStart == null || lastPass == null) {
      return false;
    }
    Duration spanned = streakStart.latest().until(lastPass.earliest());
    return policy.span().isZero() || spanned.compareTo(policy.span()) >= 0;
  }
}
