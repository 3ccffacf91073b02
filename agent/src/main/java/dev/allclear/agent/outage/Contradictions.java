package dev.allclear.agent.outage;

import dev.allclear.agent.outage.Said.RestoreCompleted;
import dev.allclear.agent.outage.Said.RestoreProgress;
import dev.allclear.probes.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where the claims of one outage cannot all be right. What overlaps within the errors of its times
/// may have been either way round.
public final class Contradictions {
  private final List<Event.Claimed> claims;
  private final List<String> found = new ArrayList<>();

  private Contradictions(List<Event.Claimed> claims) {
    this.claims = claims;
  }

  /// In sentences; `claims` are in the order of the times that they tell.
  public static List<String> of(List<Event.Claimed> claims) {
    Contradictions contradictions = new Contradictions(claims);
    claims.forEach(contradictions::check);
    return List.copyOf(contradictions.found);
  }

  private void check(Event.Claimed claimed) {
    Claim claim = claimed.claim();
    checkTime(claimed);
    switch (claim.said()) {
      case Said.StepFinished _, Said.ApprovalGranted _, Said.RollbackCompleted _ ->
          checkBegun(claim);
      case RestoreProgress progress -> checkProgress(claim, progress);
      case RestoreCompleted _ -> checkOnce(claim);
      case Said _ -> {}
    }
  }

  private void checkTime(Event.Claimed claimed) {
    Claim claim = claimed.claim();
    Instant told = claimed.at().wall();
    if (claim.when().earliest().wall().isAfter(told)) {
      String ahead = Figures.length(Duration.between(told, claim.time()));
      add(claim, "was told " + ahead + " before it");
    }
  }

  /// Each end has a begin of its own, which need not be later.
  private void checkBegun(Claim end) {
    Instant latest = end.when().latest().wall();
    long begun =
        alike(end)
            .filter(each -> each.said().begins())
            .filter(each -> !each.when().earliest().wall().isAfter(latest))
            .count();
    long ended =
        alike(end).takeWhile(each -> !each.equals(end)).filter(each -> each.said().ends()).count();
    if (begun <= ended) {
      add(end, "nobody said that it began");
    }
  }

  private void checkOnce(Claim completed) {
    boolean again =
        alike(completed)
            .takeWhile(each -> !each.equals(completed))
            .anyMatch(each -> each.said() instanceof RestoreCompleted);
    if (again) {
      add(completed, "it is said more than once");
    }
  }

  private void checkProgress(Claim claim, RestoreProgress now) {
    if (now.total() > 0 && now.done() > now.total()) {
      add(claim, "that is more than all");
    }
    long most = 0;
    long total = now.total();
    for (Claim before : alike(claim).filter(each -> isBefore(each, claim)).toList()) {
      if (before.said() instanceof RestoreProgress(String _, long done, long of)) {
        most = Math.max(most, done);
        total = of == 0 ? total : of;
      }
    }
    if (most > now.done()) {
      add(claim, "it was at " + most + " before");
    }
    if (now.total() > 0 && total != now.total()) {
      add(claim, "all were " + total + " before");
    }
    if (alike(claim).anyMatch(each -> isEnd(each) && isBefore(each, claim))) {
      add(claim, "it was completed before");
    }
  }

  private static boolean isEnd(Claim claim) {
    return claim.said() instanceof RestoreCompleted;
  }

  private Stream<Claim> alike(Claim claim) {
    return claims.stream()
        .map(Event.Claimed::claim)
        .filter(each -> each.said().subject().equals(claim.said().subject()));
  }

  /// By the wall clock, since they may come from several sessions.
  private static boolean isBefore(Claim one, Claim other) {
    return one.when().latest().wall().isBefore(other.when().earliest().wall());
  }

  private void add(Claim claim, String problem) {
    found.add(claim.said().text() + ": " + problem);
  }
}
