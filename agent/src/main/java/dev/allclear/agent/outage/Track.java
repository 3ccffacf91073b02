package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is remembered of one required probe. `begun`, `passProofs` and `failProofs` (the latest of
/// each, in order) are evidence; the rest counts since the cell last went down or was blind:
/// `fails` and `streak` (of passes in time, the first of which ended at `since`) are in a row, and
/// `good` bounds the moment from which on it does not fail.
///
/// Runs may overlap from suspicion until recovery. One that began before another that is already
/// told of is overtaken and proves nothing: nobody knows which of the two saw the target first.
public record Track(
    String probe,
    Depth depth,
    @Nullable Moment begun,
    List<Bounds> passProofs,
    List<Bounds> failProofs,
    int fails,
    boolean passed,
    int streak,
    @Nullable Moment since,
    @Nullable Bounds good,
    @Nullable Doubt doubt) {

  private static final Duration QUICK = Duration.ofMillis(50);

  /// More than can be under way at once: what is told of while a run is under way and counts began
  /// before it.
  private static final int REMEMBERED = 16;

  public Track {
    passProofs = List.copyOf(passProofs);
    failProofs = List.copyOf(failProofs);
  }

  static Track unseen(String probe, Depth depth) {
    return new Track(probe, depth, null, List.of(), List.of(), 0, false, 0, null, null, null);
  }

  /// The same probe with the evidence that an earlier session wrote down.
  Track withProofs(@Nullable Bounds pass, @Nullable Bounds fail) {
    return new Track(
        probe,
        depth,
        begun,
        pass == null ? List.of() : List.of(pass),
        fail == null ? List.of() : List.of(fail),
        fails,
        passed,
        streak,
        since,
        good,
        doubt);
  }

  public @Nullable Bounds lastPass() {
    return passProofs.isEmpty() ? null : passProofs.getLast();
  }

  public @Nullable Bounds lastFail() {
    return failProofs.isEmpty() ? null : failProofs.getLast();
  }

  /// Forgets what it counted, keeps the evidence.
  Track fresh() {
    return new Track(probe, depth, begun, passProofs, failProofs, 0, false, 0, null, null, null);
  }

  /// No longer counts what failed since then, not even as evidence.
  Track blinded(Moment from) {
    List<Bounds> before =
        failProofs.stream().filter(proof -> !from.isBefore(proof.latest())).toList();
    return new Track(probe, depth, begun, passProofs, before, 0, false, 0, null, null, null);
  }

  Track glimpsed(Observation observation) {
    return observation.outcome().isPass()
        ? new Track(
            probe,
            depth,
            observation.begin(),
            with(passProofs, observation.proof()),
            failProofs,
            fails,
            passed,
            streak,
            since,
            good,
            doubt)
        : this;
  }

  Track withoutDoubt() {
    return doubt == null
        ? this
        : new Track(
            probe, depth, begun, passProofs, failProofs, fails, passed, streak, since, good, null);
  }

  /// What was seen of it last is a pass.
  boolean isPassing() {
    Bounds pass = lastPass();
    Bounds fail = lastFail();
    return pass != null && (fail == null || fail.earliest().isBefore(pass.earliest()));
  }

  boolean isFailing() {
    return lastFail() != null && !isPassing();
  }

  /// Of one that is passing: after its last fail, until the first pass that is remembered.
  Bounds passingSince() {
    return good == null ? turned(passProofs, failProofs) : good;
  }

  /// Of one that is failing.
  Bounds failingSince() {
    return turned(failProofs, passProofs);
  }

  private static Bounds turned(List<Bounds> now, List<Bounds> before) {
    Bounds first =
        now.stream()
            .filter(
                each -> before.isEmpty() || before.getLast().earliest().isBefore(each.earliest()))
            .findFirst()
            .orElseGet(now::getLast);
    return after(before, first);
  }

  /// A fail of it is neither confirmed nor refuted yet.
  public boolean isDoubted() {
    return doubt != null && depth.detects();
  }

  /// The last fail came at once: the target refuses connections, and to be told so again costs it
  /// next to nothing.
  public boolean isRefused() {
    Bounds last = lastFail();
    return doubt != null
        && doubt.cause() == Cause.CONNECT
        && last != null
        && last.width().compareTo(QUICK) <= 0;
  }

  boolean isOvertaken(Observation observation) {
    return begun != null && observation.begin().isBefore(begun);
  }

  /// An inconclusive run changes nothing.
  Track after(Observation observation) {
    return switch (observation.outcome()) {
      case Outcome.Passed _ -> afterPass(observation.begin(), observation.proof(), true);
      case Outcome.Slow _ -> afterPass(observation.begin(), observation.proof(), false);
      case Outcome.Failed failure -> afterFail(observation, failure);
      case Outcome.Inconclusive(String _) -> this;
    };
  }

  /// Too slow, it is good and yet not what verifies.
  private Track afterPass(Moment begin, Bounds proof, boolean inTime) {
    Doubt left = doubt == null ? null : doubt.passed();
    Moment first = since == null ? proof.latest() : since;
    return new Track(
        probe,
        depth,
        begin,
        with(passProofs, proof),
        failProofs,
        0,
        true,
        inTime ? streak + 1 : 0,
        inTime ? first : null,
        goodAfter(proof),
        left);
  }

  /// Until a pass begins after every fail has ended, some fail may have been seen later than the
  /// streak's first pass: the first one that does dates the recovery.
  private Bounds goodAfter(Bounds pass) {
    Bounds settled = settled();
    if (settled != null) {
      return settled;
    }
    Bounds dated = after(failProofs, pass);
    return good == null || isSettled(dated) ? dated : good;
  }

  /// The moment from which on it is good, once no fail can have been seen after that.
  @Nullable Bounds settled() {
    return good != null && isSettled(good) ? good : null;
  }

  /// What tells of a fail last need not have seen it last: of a name it is proven by the last
  /// answer of another server each time.
  private boolean isSettled(Bounds dated) {
    return failProofs.stream().noneMatch(fail -> dated.earliest().isBefore(fail.earliest()));
  }

  /// From the begin of the last of `earlier` that had ended when `proof` began, to the end of
  /// `proof`: of runs that overlap nobody knows which saw the target first. Without any, nothing
  /// bounds it from below.
  private static Bounds after(List<Bounds> earlier, Bounds proof) {
    return earlier.stream()
        .filter(each -> !proof.earliest().isBefore(each.latest()))
        .map(Bounds::earliest)
        .max(Comparator.naturalOrder())
        .map(lo -> Bounds.between(lo, proof.latest()))
        .orElseGet(() -> new Bounds(Moment.UNBOUNDED, proof.likely(), proof.latest()));
  }

  private Track afterFail(Observation observation, Outcome.Failed failure) {
    Bounds proof = observation.proof();
    Doubt next =
        doubt == null
            ? Doubt.first(onset(observation, failure.cause()), failure.cause(), failure.detail())
            : doubt.failedAgain();
    return new Track(
        probe,
        depth,
        observation.begin(),
        passProofs,
        with(failProofs, proof),
        fails + 1,
        passed,
        0,
        null,
        null,
        next);
  }

  private static List<Bounds> with(List<Bounds> proofs, Bounds newest) {
    int dropped = Math.max(0, proofs.size() + 1 - REMEMBERED);
    Bounds[] kept = new Bounds[proofs.size() + 1 - dropped];
    for (int i = dropped; i < proofs.size(); i++) {
      kept[i - dropped] = proofs.get(i);
    }
    kept[kept.length - 1] = newest;
    return List.of(kept);
  }

  /// Onset as this probe bounds it: begin of the last pass to end of the first fail. If a held
  /// connection broke in between it most likely began then; a time-out when its request was sent.
  private Bounds onset(Observation observation, Cause cause) {
    Bounds failProof = observation.proof();
    Bounds middle = after(passProofs, failProof);
    Moment broke = observation.broke();
    if (broke != null && !broke.isBefore(middle.earliest()) && broke.isBefore(middle.latest())) {
      return new Bounds(middle.earliest(), broke, middle.latest());
    }
    return cause == Cause.TIMEOUT
        ? new Bounds(middle.earliest(), failProof.likely(), middle.latest())
        : middle;
  }

  /// Passed `passes` times in a row, from the end of the first to the begin of the last at least
  /// `span`: at both of these the target was healthy.
  boolean verified(Policy policy) {
    Bounds lastPass = lastPass();
    Bounds settled = settled();
    if (streak < policy.passes() || since == null || settled == null || lastPass == null) {
      return false;
    }
    Duration spanned = Moment.later(since, settled.latest()).until(lastPass.earliest());
    return policy.span().isZero() || spanned.compareTo(policy.span()) >= 0;
  }
}
