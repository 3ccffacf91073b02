package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is remembered of one required probe. `begun`, `lastPass` and `failed` (the latest fails, in
/// order) are evidence; the rest counts since the cell last went down or was blind: `fails` and
/// `streak` (of passes) are in a row, and `good` bounds the moment from which on the streak holds.
///
/// Runs may overlap while a cell is down. One that began before another that is already told of is
/// overtaken and proves nothing: nobody knows which of the two saw the target first.
public record Track(
    String probe,
    Depth depth,
    @Nullable Moment begun,
    @Nullable Bounds lastPass,
    List<Bounds> failed,
    int fails,
    boolean passed,
    int streak,
    @Nullable Bounds good,
    @Nullable Doubt doubt) {

  /// More than can be under way at once.
  private static final int REMEMBERED = 32;

  public Track {
    failed = List.copyOf(failed);
  }

  static Track unseen(String probe, Depth depth) {
    return new Track(probe, depth, null, null, List.of(), 0, false, 0, null, null);
  }

  /// The same probe with the evidence that an earlier session wrote down.
  Track withEvidence(@Nullable Bounds pass, @Nullable Bounds fail) {
    List<Bounds> known = fail == null ? List.of() : List.of(fail);
    return new Track(probe, depth, begun, pass, known, fails, passed, streak, good, doubt);
  }

  public @Nullable Bounds lastFail() {
    return failed.isEmpty() ? null : failed.getLast();
  }

  /// Forgets what it counted, keeps the evidence.
  Track fresh() {
    return new Track(probe, depth, begun, lastPass, failed, 0, false, 0, null, null);
  }

  Track withoutDoubt() {
    return new Track(probe, depth, begun, lastPass, failed, fails, passed, streak, good, null);
  }

  boolean isOvertaken(Observation observation) {
    return begun != null && observation.begin().isBefore(begun);
  }

  /// An inconclusive run changes nothing.
  Track after(Observation observation) {
    return switch (observation.outcome()) {
      case Outcome.Passed() -> afterPass(observation.begin(), observation.proof());
      case Outcome.Failed failure -> afterFail(observation.begin(), observation.proof(), failure);
      case Outcome.Inconclusive(String _) -> this;
    };
  }

  private Track afterPass(Moment begin, Bounds proof) {
    Doubt left = doubt == null ? null : doubt.passed();
    return new Track(
        probe, depth, begin, proof, failed, 0, true, streak + 1, goodAfter(proof), left);
  }

  /// Until a pass begins after every fail has ended, some fail may have been seen later than the
  /// streak's first pass: each pass then dates the recovery anew, and the narrower bounds win.
  private Bounds goodAfter(Bounds pass) {
    if (good != null && isSettled(good)) {
      return good;
    }
    Bounds since = since(pass);
    return good == null || since.width().compareTo(good.width()) < 0 ? since : good;
  }

  private boolean isSettled(Bounds since) {
    Bounds lastFail = lastFail();
    return lastFail == null || since.earliest().equals(lastFail.earliest());
  }

  /// From the begin of the last fail that was certainly seen before it, to the end of the pass.
  private Bounds since(Bounds pass) {
    return failed.stream()
        .filter(fail -> !pass.earliest().isBefore(fail.latest()))
        .map(Bounds::earliest)
        .max(Comparator.naturalOrder())
        .map(lo -> Bounds.between(lo, pass.latest()))
        .orElseGet(() -> new Bounds(Moment.UNBOUNDED, pass.likely(), pass.latest()));
  }

  private Track afterFail(Moment begin, Bounds proof, Outcome.Failed failure) {
    Doubt next =
        doubt == null
            ? Doubt.first(onset(proof, failure.cause()), failure.cause(), failure.detail())
            : doubt.failedAgain();
    return new Track(probe, depth, begin, lastPass, with(proof), fails + 1, passed, 0, null, next);
  }

  private List<Bounds> with(Bounds fail) {
    List<Bounds> longer = new ArrayList<>(failed);
    longer.add(fail);
    return longer.subList(Math.max(0, longer.size() - REMEMBERED), longer.size());
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
    if (streak < policy.passes() || good == null || lastPass == null) {
      return false;
    }
    Duration spanned = good.latest().until(lastPass.earliest());
    return policy.span().isZero() || spanned.compareTo(policy.span()) >= 0;
  }
}
