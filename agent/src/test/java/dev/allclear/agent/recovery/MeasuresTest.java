package dev.allclear.agent.recovery;

import static dev.allclear.agent.recovery.Tale.at;
import static dev.allclear.agent.recovery.Tale.between;
import static dev.allclear.agent.recovery.Tale.seconds;
import static dev.allclear.agent.recovery.Tale.span;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Said;
import dev.allclear.agent.outage.Said.Mode;
import dev.allclear.agent.outage.Said.Result;
import dev.allclear.probes.Cause;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MeasuresTest {
  private final Tale tale = Tale.of("shop");

  private static Said.StepStarted starts(String step, Mode mode) {
    return new Said.StepStarted(step, mode, "");
  }

  private static Said.StepFinished ends(String step, Mode mode, Result result) {
    return new Said.StepFinished(step, mode, result, "");
  }

  @Test
  void tellsWhichDetectorFiredFirst() {
    Measures measures =
        tale.says(108, new Said.DetectorFired("pingdom", "shop down"))
            .says(170, new Said.DetectorFired("prometheus", "ShopDown"))
            .says(180, new Said.DetectorFired("pingdom", "again"))
            .measures(200);

    assertEquals(
        List.of("pingdom", Detector.OWN, "prometheus"),
        measures.detectors().stream().map(Detector::name).toList());
    assertEquals(span(0, 3, 9), measures.detectors().getFirst().late());
    assertEquals(span(2, 7, 12), measures.detectors().get(1).late());
    assertEquals(span(59, 65, 71), measures.detectors().getLast().late());
  }

  @Test
  void whatNobodyClaimedIsUnknownAndNotZero() {
    Measures measures = tale.restored(200, 201, 211).measures(300);

    assertNull(measures.remediation());
    assertNull(measures.declared());
    assertNull(measures.rollback());
    assertEquals(List.of(), measures.restores());
    assertEquals(0, measures.automation().steps());
    assertEquals(span(10, 10.5, 11), measures.verification());
  }

  @Test
  void remediationBeginsWithTheFirstClaimOfIt() {
    Measures measures =
        tale.says(150, starts("fail over", Mode.AUTO))
            .says(140, new Said.RemediationStarted())
            .measures(200);

    Remediation remediation = measures.remediation();
    assertNotNull(remediation);
    assertEquals(span(29, 35, 41), remediation.afterOnset());
    assertEquals(span(27, 28, 29), remediation.afterDetection());
  }

  @Test
  void countsFromTheDeclaredStartToo() {
    Measures measures =
        tale.says(130, new Said.IncidentDeclared("shop is down"))
            .restored(200, 201, 211)
            .measures(300);

    assertEquals(span(80, 81, 82), measures.declared());
  }

  @Test
  void matchesTheEndsOfStepsAndTheirRetries() {
    List<Step> steps =
        tale.says(120, starts("restore", Mode.AUTO))
            .says(130, ends("restore", Mode.AUTO, Result.FAILED))
            .says(131, starts("restore", Mode.AUTO))
            .says(150, ends("restore", Mode.AUTO, Result.OK))
            .says(160, ends("check", Mode.MANUAL, Result.OK))
            .measures(200)
            .steps();

    assertEquals(3, steps.size());
    assertTrue(steps.getFirst().isFailed());
    assertEquals(span(8, 10, 12), steps.getFirst().taken());
    assertEquals(span(17, 19, 21), steps.get(1).taken());
    assertNull(steps.getLast().taken());
  }

  @Test
  void automationIsCountedBySteps_andByTimeWithWaitsApart() {
    Automation automation =
        tale.says(120, starts("fail over", Mode.AUTO))
            .says(150, ends("fail over", Mode.AUTO, Result.OK))
            .says(150, new Said.ApprovalRequested("traffic"))
            .says(170, new Said.ApprovalGranted("traffic"))
            .says(171, new Said.ApprovalGranted("unasked"))
            .says(175, starts("look", Mode.MANUAL))
            .says(185, ends("look", Mode.MANUAL, Result.OK))
            .measures(200)
            .automation();

    assertEquals(1, automation.automatic());
    assertEquals(2, automation.steps());
    assertEquals(span(28, 30, 32), automation.automated());
    assertEquals(span(8, 10, 12), automation.manual());
    assertEquals(span(18, 20, 22), automation.waited());
    assertEquals(28.0 / 62, automation.least(), 1e-9);
    assertEquals(32.0 / 58, automation.most(), 1e-9);
  }

  @Test
  void verificationTakesFromTheClaimedRestoreOn() {
    Measures measures =
        tale.says(190, new Said.RestoreCompleted("db")).restored(200, 201, 211).measures(300);

    assertEquals(span(20, 21, 22), measures.verification());
    Measures after =
        Tale.of("shop")
            .restored(200, 201, 211)
            .says(290, new Said.RestoreCompleted("db"))
            .measures(300);
    assertEquals(span(10, 10.5, 11), after.verification());
  }

  @Test
  void foretellsTheEndOfARestore() {
    Throughput restore =
        tale.says(120, new Said.RestoreProgress("db", 0, 1000))
            .says(130, new Said.RestoreProgress("db", 100, 1000))
            .says(140, new Said.RestoreProgress("db", 200, 1000))
            .measures(141)
            .restores()
            .getFirst();

    assertEquals(10, restore.rate(), 1e-9);
    assertEquals(seconds(80), restore.remaining());
    assertFalse(restore.isAtRisk(at(141), seconds(10), at(230)));
    assertTrue(restore.isAtRisk(at(141), seconds(11), at(230)));
    assertFalse(restore.isDone());
    assertEquals(span(59, 60, 61), restore.silent(at(200)));
  }

  @Test
  void aRestoreThatStandsStillOrHasNoTotalForetellsNothing() {
    Measures measures =
        tale.says(120, new Said.RestoreProgress("db", 5, 1000))
            .says(130, new Said.RestoreProgress("db", 5, 1000))
            .says(131, new Said.RestoreProgress("files", 5, 0))
            .says(132, new Said.RestoreProgress("files", 50, 0))
            .says(133, new Said.RestoreProgress("once", 50, 100))
            .measures(141);

    assertEquals(2, measures.restores().size());
    measures.restores().forEach(restore -> assertNull(restore.remaining()));
  }

  @Test
  void aRollbackHasAClaimedAndAVerifiedEnd() {
    Rollback rollback =
        tale.says(120, new Said.RollbackStarted("v2", "v1"))
            .says(150, new Said.RollbackCompleted("v2", "v1"))
            .restored(160, 161, 171)
            .measures(200)
            .rollback();

    assertNotNull(rollback);
    assertEquals("v1", rollback.to());
    assertEquals(span(28, 30, 32), rollback.taken());
    assertEquals(span(50, 51, 52), rollback.verified());
  }

  @Test
  void ordersDependenciesOnlyWhereThatIsDecidable() {
    Tale before = Tale.of("identity", between(80, 90), 95).restored(150, 151, 160).closed(400);
    Tale unsure = Tale.of("search", between(95, 105), 111);
    Tale after = Tale.of("mail", between(120, 130), 131);
    Tale elsewhere = Tale.of("other", between(80, 90), 95);
    Tale longAgo = Tale.of("identity", between(10, 20), 25).restored(30, 31, 41).closed(60);

    Measures measures =
        tale.restored(200, 201, 211)
            .measures(
                300,
                new Expected(List.of("identity", "search", "mail"), List.of()),
                after.incident(),
                before.incident(),
                unsure.incident(),
                elsewhere.incident(),
                longAgo.incident());

    assertEquals(
        List.of(Dependency.Order.BEFORE, Dependency.Order.UNDETERMINED, Dependency.Order.AFTER),
        measures.dependencies().stream().map(Dependency::began).toList());
    assertEquals(span(40, 45.5, 51), measures.dependencies().getFirst().restored());
    assertEquals(
        List.of(
            "F5 identity, which it depends on, was down before",
            "F7 verified while search, which it depends on, was down",
            "F7 verified while mail, which it depends on, was down"),
        texts(measures));
  }

  @Test
  void findsWhatWentWrong() {
    Measures measures =
        tale.says(120, starts("restore", Mode.AUTO))
            .says(130, new Said.StepFinished("restore", Mode.AUTO, Result.FAILED, "no space"))
            .says(131, starts("restore", Mode.AUTO))
            .says(132, ends("restore", Mode.AUTO, Result.FAILED))
            .says(135, new Said.RestoreCompleted("db"))
            .says(140, starts("look", Mode.MANUAL))
            .says(150, new Said.IntegrityChecked(false, "3 rows too few"))
            .says(151, new Said.RestoreProgress("db", 50, 100))
            .says(152, new Said.RestoreProgress("db", 40, 100))
            .says(153, ends("shift", Mode.AUTO, Result.OK))
            .restored(200, 201, 211)
            .closed(300)
            .measures(300, new Expected(List.of(), List.of("look", "restore", "tell users")));

    assertEquals(
        List.of(
            "F1 step `restore` (auto) failed: no space",
            "F1 step `restore` (auto) failed, for the 2. time",
            "F7 the restore was said to be complete before the service worked",
            "F8 step `tell users` of the runbook was left out",
            "F8 step `shift` is not in the runbook",
            "F8 steps were taken in another order: restore, look",
            "claim restore: db at 50 of 100 bytes: it was completed before",
            "claim restore: db at 40 of 100 bytes: it was completed before",
            "claim step `shift` ok (auto): nobody said that it began",
            "claim step `look` began; nobody said that it ended",
            "F7 an integrity check failed"),
        texts(measures));
  }

  @Test
  void warnsOfARestoreThatIsTooSlowOrSilent() {
    tale.says(120, new Said.RestoreProgress("db", 0, 100_000))
        .says(130, new Said.RestoreProgress("db", 100, 100_000));

    assertEquals(
        List.of("F2 the restore of db cannot end before the objective has passed"),
        texts(tale.measures(141)));
    assertEquals(
        List.of(
            "F2 the restore of db cannot end before the objective has passed",
            "F2 nothing was heard of the restore of db for 5m09s"),
        texts(tale.measures(440)));
  }

  @Test
  void tellsForHowLongTheControlPlaneWasDownMeanwhile() {
    Tale api = Tale.of("api", between(90, 95), 97).restored(150, 152, 160);
    Tale over = Tale.of("api", between(80, 85), 87).restored(90, 91, 92);
    Expected through = new Expected(List.of(), List.of(), List.of(), DownWhen.ANY, List.of("api"));

    // From detected at 112 until it was restored.
    assertEquals(
        List.of(
            "F4 api, through which it is recovered, was down for 39.0s (38.0s to 40.0s) of its recovery"),
        texts(
            tale.restored(200, 201, 211).measures(300, through, api.incident(), over.incident())));
    assertEquals(List.of(), tale.measures(300, through, api.incident()).dependencies());
  }

  @Test
  void whatFailsAgainWhileItIsVerifiedMayLackCapacity() {
    tale.after(new Event.FirstGood(at(120), "ping", between(119, 120), Set.of()))
        .after(new Event.Verifying(at(120)))
        .after(new Event.FalseStart(at(122), "ping", between(121, 122), Cause.TIMEOUT, "none"));

    assertEquals(
        List.of(
            "F6 it failed again 1 times while it was being verified: perhaps it cannot bear its load"),
        texts(tale.measures(200)));
  }

  private static Event served(double at, String label, Set<String> from, Set<String> to, int runs) {
    return new Event.Served(at(at), "buy", label, from, to, runs, between(at - 2, at));
  }

  @Test
  void tellsHowTrafficShifted() {
    List<Shift> shifts =
        tale.after(served(112, "served-by", Set.of(), Set.of("eu"), 0))
            .after(served(130, "served-by", Set.of("eu"), Set.of("us"), 9))
            .after(served(140, "served-by", Set.of("us"), Set.of("eu"), 3))
            .after(served(150, "served-by", Set.of("eu"), Set.of("us"), 2))
            .after(served(160, "version", Set.of(), Set.of("v1"), 0))
            .measures(200)
            .shifts();

    assertEquals(1, shifts.size());
    Shift shift = shifts.getFirst();
    assertEquals(Set.of("eu"), shift.from());
    assertEquals(Set.of("us"), shift.to());
    assertEquals(between(128, 130), shift.begun());
    assertEquals(between(148, 150), shift.complete().orElseThrow());
    assertEquals(
        List.of(
            new Shift.Point(between(138, 140), Map.of("us", 3)),
            new Shift.Point(between(148, 150), Map.of("us", 3, "eu", 2))),
        shift.curve());
  }

  @Test
  void ofTooManyChangesNobodyKnowsWhenTheShiftWasOver() {
    for (int i = 0; i < Event.Served.MOST; i++) {
      String from = i % 2 == 0 ? "eu" : "us";
      tale.after(served(120 + i, "served-by", Set.of(from), Set.of(i % 2 == 0 ? "us" : "eu"), 1));
    }

    assertTrue(tale.measures(200).shifts().getFirst().complete().isEmpty());
  }

  @Test
  void aRollbackIsVerifiedByTheVersionThatIsRead() {
    tale.after(served(112, "version", Set.of("v1"), Set.of("v2"), 4))
        .says(120, new Said.RollbackStarted("v2", "v1"))
        .says(150, new Said.RollbackCompleted("v2", "v1"));
    Rollback early = tale.measures(160).rollback();
    assertNotNull(early);
    assertNull(early.read());
    assertEquals(
        List.of("claim the rollback to v1 is said to be complete, but `buy` reads v2"),
        texts(tale.measures(160)));

    Rollback rollback =
        tale.after(served(155, "version", Set.of("v2"), Set.of("v1"), 4)).measures(200).rollback();

    assertNotNull(rollback);
    assertEquals(between(153, 155), rollback.read());
    assertEquals(List.of(), texts(tale.measures(200)));
  }

  @Test
  void whereNoJourneyReadsTheVersionNobodyKnows() {
    Rollback rollback =
        tale.says(120, new Said.RollbackStarted("v2", "v1"))
            .says(150, new Said.RollbackCompleted("v2", "v1"))
            .measures(200)
            .rollback();

    assertNotNull(rollback);
    assertNull(rollback.read());
    assertEquals(List.of(), texts(tale.measures(200)));
  }

  private static List<String> texts(Measures measures) {
    return measures.findings().stream()
        .map(each -> each.mode().code() + " " + each.text())
        .toList();
  }
}
