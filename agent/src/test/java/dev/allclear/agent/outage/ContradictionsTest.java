package dev.allclear.agent.outage;

import static dev.allclear.agent.outage.Said.Mode.AUTO;
import static dev.allclear.agent.outage.Said.Result.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Bounds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContradictionsTest {
  private final List<Event.Claimed> claims = new ArrayList<>();

  /// At a second, give or take half of one.
  private ContradictionsTest say(long second, Said said) {
    return say(second, said, second + 1);
  }

  private ContradictionsTest say(long second, Said said, long told) {
    Bounds when = Bounds.between(Story.at(second * 1000 - 500), Story.at(second * 1000 + 500));
    claims.add(
        new Event.Claimed(
            Story.at(told * 1000), "", new Claim("k" + claims.size(), "", when, said)));
    return this;
  }

  private void find(String... sentences) {
    assertEquals(List.of(sentences), Contradictions.of(claims));
  }

  private static Said started(String step) {
    return new Said.StepStarted(step, AUTO, "");
  }

  private static Said finished(String step) {
    return new Said.StepFinished(step, AUTO, OK, "");
  }

  private static Said progress(long done, long total) {
    return new Said.RestoreProgress("orders", done, total);
  }

  @Test
  void nothingIsWrongWithARightStory() {
    say(0, started("a")).say(1, started("b")).say(2, finished("a")).say(3, started("a"));
    say(4, finished("b")).say(5, finished("a"));
    say(6, new Said.ApprovalRequested("x")).say(7, new Said.ApprovalGranted("x"));
    say(8, progress(1, 0)).say(9, progress(5, 10)).say(10, progress(10, 10));
    say(11, new Said.RestoreCompleted("orders")).say(12, new Said.RestoreCompleted("users"));
    say(13, new Said.RollbackStarted("2", "1")).say(14, new Said.RollbackCompleted("", "1"));
    say(15, new Said.DetectorCleared("grafana", "5xx")).say(16, new Said.Note("done"));
    find();
  }

  @Test
  void anEndNeedsABegin() {
    say(0, finished("a")).say(5, started("b")).say(6, finished("b")).say(7, finished("b"));
    say(8, new Said.ApprovalGranted("x")).say(9, new Said.RollbackCompleted("2", "1"));
    find(
        "step `a` ok (auto): nobody said that it began",
        "step `b` ok (auto): nobody said that it began",
        "approval granted: x: nobody said that it began",
        "rollback completed from 2 to 1: nobody said that it began");
  }

  @Test
  void whatOverlapsMayHaveBeenEitherWayRound() {
    say(4, finished("a")).say(5, started("a"));
    find();
    say(8, finished("b")).say(10, started("b"));
    find("step `b` ok (auto): nobody said that it began");
  }

  @Test
  void aRestoreIsCompletedOnce() {
    say(0, new Said.RestoreCompleted("orders")).say(1, new Said.RestoreCompleted("orders"));
    find("restore completed: orders: it is said more than once");
  }

  @Test
  void progressDoesNotFallNorGrowBeyondAll() {
    say(0, progress(5, 10)).say(3, progress(4, 10)).say(6, progress(11, 10));
    say(9, progress(12, 20));
    find(
        "restore: orders at 4 of 10 bytes: it was at 5 before",
        "restore: orders at 11 of 10 bytes: that is more than all",
        "restore: orders at 12 of 20 bytes: all were 10 before");
  }

  @Test
  void nothingGoesOnAfterItsEnd() {
    say(0, new Said.RestoreCompleted("orders")).say(3, progress(5, 10));
    find("restore: orders at 5 of 10 bytes: it was completed before");
  }

  @Test
  void nobodyKnowsWhatIsYetToCome() {
    say(3600, new Said.Note("all well"), 0);
    find("all well: was told 1h00m before it");
  }
}
