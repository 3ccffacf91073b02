package dev.allclear.agent.outage;

import static dev.allclear.agent.outage.Story.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OutageTest {
  private static final String PING = "ping";
  private static final String BUY = "buy";
  private static final String NAME = "name";

  private final Story one = new Story(Story.policy(), Map.of(PING, Depth.SHALLOW));
  private final Story two =
      new Story(Story.policy(), Map.of(PING, Depth.SHALLOW, BUY, Depth.DEEP, NAME, Depth.DNS));

  private Story healthy() {
    return one.pass(PING, 0, 10).pass(PING, 1000, 1010).pass(PING, 2000, 2010);
  }

  private Story down() {
    return healthy().fail(PING, 3000, 3010).fail(PING, 3020, 3030).fail(PING, 3230, 3240);
  }

  private Story deepHealthy() {
    two.pass(NAME, 0, 1);
    for (long i = 0; i < 3; i++) {
      two.pass(PING, i * 1000, i * 1000 + 10).pass(BUY, i * 1000 + 500, i * 1000 + 600);
    }
    return two;
  }

  private Story deepDown() {
    return deepHealthy().fail(PING, 3000, 3010).fail(PING, 3020, 3030).fail(PING, 3230, 3240);
  }

  /// Of a name each fail is as old as the last answer that proves it.
  @Test
  void aFailProvenByAnOlderAnswerDoesNotHoldUpVerification() {
    Story name = new Story(Story.policy(), Map.of("get", Depth.SHALLOW, "shop.example", Depth.DNS));
    name.pass("get", 0, 10).pass("get", 1000, 1010).pass("get", 2000, 2010);
    name.fail("get", 3000, 3010).fail("get", 3100, 3110).fail("get", 3200, 3210);
    name.tell(stale(3980, 4000)).tell(stale(3970, 4500));
    for (long at = 5000; at < 9000; at += 1000) {
      name.pass("get", at, at + 10).pass("shop.example", at + 20, at + 20);
    }
    assertEquals("verified", name.state());
    assertEquals(Story.at(3980), name.incident().restored().orElseThrow().earliest());
  }

  /// Proven by an answer of a moment, told at another.
  private static Observation stale(long answered, long told) {
    Outcome old = Outcome.fail(Cause.ASSERTION, "the old value");
    StepRun step =
        new StepRun("users", Story.at(answered), Story.at(answered), old, Reply.nothing());
    return new Observation(
        "shop.example", Depth.DNS, Story.at(told), Story.at(told), List.of(step), old);
  }

  @Test
  void becomesHealthyAfterEnoughPasses() {
    one.pass(PING, 0, 10).pass(PING, 1000, 1010);
    assertEquals("unknown", one.state());
    one.pass(PING, 2000, 2010);
    assertEquals("healthy", one.state());
  }

  @Test
  void dnsIsNotNeededToBecomeHealthy() {
    deepHealthy();
    assertEquals("healthy", two.state());
  }

  @Test
  void oneFailMakesItSuspect() {
    healthy().fail(PING, 3000, 3010);
    assertEquals("suspect", one.state());
    assertTrue(one.health.incident() == null);
  }

  @Test
  void aBrokenConnectionSaysWhenItLikelyBegan() {
    healthy().tell(failed(3000, 3010).afterBreak(at(2998)));
    one.fail(PING, 3020, 3030).fail(PING, 3230, 3240);
    assertEquals(new Bounds(at(2000), at(2998), at(3010)), one.incident().onset());
  }

  @Test
  void aBreakOutsideTheBoundsSaysNothing() {
    healthy().tell(failed(3000, 3010).afterBreak(at(1500)));
    one.fail(PING, 3020, 3030).fail(PING, 3230, 3240);
    assertEquals(Bounds.between(at(2000), at(3010)), one.incident().onset());
  }

  private static Observation failed(long begin, long end) {
    return new Observation(
        PING,
        Depth.SHALLOW,
        at(begin),
        at(end),
        List.of(),
        Outcome.fail(Cause.CONNECT, "Connection refused"));
  }

  @Test
  void onsetLiesBetweenBeginOfLastPassAndEndOfFirstFail() {
    down();
    assertEquals("down", one.state());
    assertEquals(Bounds.between(at(2000), at(3010)), one.incident().onset());
    assertEquals(at(3240), one.incident().detected());
    assertEquals("shop-20260101-000003", one.incident().id());
  }

  @Test
  void outagesOfDifferentCellsNeverShareAnId() {
    Cell region = new Cell("shop", "eu");
    Cell service = new Cell("shop-eu", Cell.GLOBAL);
    assertEquals("shop~eu-20260101-000003", idOfAnOutageOf(region));
    assertEquals("shop-eu-20260101-000003", idOfAnOutageOf(service));
  }

  private String idOfAnOutageOf(Cell cell) {
    Health health = Health.unknown(cell, Map.of(PING, Depth.SHALLOW));
    Outage outage = new Outage(Story.policy());
    for (long begin : List.of(3000L, 3020L, 3230L)) {
      Outcome failed = Outcome.fail(Cause.STATUS, "status 503, expected 200-299");
      Observation observation =
          new Observation(PING, Depth.SHALLOW, at(begin), at(begin + 10), List.of(), failed);
      health = outage.decide(health, observation).health();
    }
    return Objects.requireNonNull(health.incident()).id();
  }

  @Test
  void oneStrayPassDoesNotRefuteThreeOfFour() {
    healthy()
        .fail(PING, 3000, 3010)
        .pass(PING, 3020, 3030)
        .fail(PING, 3230, 3240)
        .fail(PING, 3440, 3450);
    assertEquals("down", one.state());
    assertEquals(at(3010), one.incident().onset().latest());
  }

  @Test
  void refutedSuspicionIsABlipWithBounds() {
    healthy().fail(PING, 3000, 3010).pass(PING, 3020, 3030).pass(PING, 3230, 3240);
    assertEquals("healthy", one.state());
    Event.Blipped blip = assertInstanceOf(Event.Blipped.class, one.events.getLast());
    assertEquals(Bounds.between(at(2000), at(3010)), blip.onset());
    assertEquals(at(3000), blip.end().earliest());
  }

  @Test
  void inconclusiveRunsChangeNothing() {
    healthy().fail(PING, 3000, 3010);
    Health before = one.health;
    one.tell(PING, 3020, 3030, Outcome.inconclusive("interrupted"));
    assertEquals(before, one.health);
  }

  @Test
  void firstGoodIsBoundedByTheLastFailAndTheFirstPass() {
    down().fail(PING, 6000, 6010).pass(PING, 6250, 6260);
    assertEquals("verifying", one.state());
    assertEquals(Optional.of(Bounds.between(at(6000), at(6260))), one.incident().firstGood());
  }

  @Test
  void verifiesOnlyAfterPassesThatSpanTheRequiredTime() {
    down()
        .pass(PING, 6000, 6010)
        .pass(PING, 6500, 6510)
        .pass(PING, 7000, 7010)
        .pass(PING, 8000, 8010);
    assertEquals("verifying", one.state());
    one.pass(PING, 8010, 8020);
    assertEquals("verified", one.state());
    assertEquals(Optional.of(Bounds.between(at(3230), at(6010))), one.incident().restored());
    assertEquals(Optional.of(at(8020)), one.incident().verified());
  }

  @Test
  void closesWhenTheHoldEnds() {
    verified();
    one.pass(PING, 13_000, 13_019);
    assertEquals("verified", one.state());
    one.pass(PING, 13_010, 13_020);
    assertEquals("healthy", one.state());
    assertEquals(Optional.of(at(13_020)), one.incident().closed());
    assertEquals(Verdict.MET, one.incident().verdict(at(99_000)));
  }

  private Story verified() {
    return down().pass(PING, 6000, 6010).pass(PING, 7000, 7010).pass(PING, 8010, 8020);
  }

  @Test
  void aConfirmedFailInTheHoldReopensTheSameOutage() {
    String id = verified().incident().id();
    one.fail(PING, 9000, 9010);
    assertEquals("verified", one.state());
    one.fail(PING, 9020, 9030);
    assertEquals("down", one.state());
    assertEquals(id, one.incident().id());
    assertEquals(1, one.incident().falseRecoveries());
    assertEquals(Optional.empty(), one.incident().restored());
    assertEquals(at(2000), one.incident().onset().earliest());
  }

  @Test
  void aSingleFailInTheHoldIsNoRelapseButDelaysTheEnd() {
    verified().fail(PING, 12_900, 12_910);
    one.pass(PING, 12_920, 12_930).pass(PING, 13_100, 13_110);
    assertEquals("healthy", one.state());
    assertEquals(0, one.incident().falseRecoveries());
  }

  @Test
  void aRelapseIsDatedByTheFailsThatConfirmItNotByAStrayOneBefore() {
    verified().fail(PING, 9000, 9010).pass(PING, 9020, 9030).pass(PING, 10_000, 10_010);
    one.fail(PING, 11_000, 11_010).fail(PING, 11_020, 11_030);
    Event.Relapsed relapse = assertInstanceOf(Event.Relapsed.class, one.events.getLast());
    assertEquals(Bounds.between(at(10_000), at(11_010)), relapse.failed());
  }

  @Test
  void aFalseStartIsDatedByTheFailsThatConfirmIt() {
    down().pass(PING, 6000, 6010).fail(PING, 6500, 6510).pass(PING, 6520, 6530);
    one.fail(PING, 7000, 7010).fail(PING, 7020, 7030);
    Event.FalseStart again = assertInstanceOf(Event.FalseStart.class, one.events.getLast());
    assertEquals(Bounds.between(at(6520), at(7010)), again.failed());
  }

  @Test
  void aPassThatOverlapsTheFirstFailDoesNotDateTheOnset() {
    healthy().fail(PING, 3000, 3010).pass(PING, 3020, 5000).pass(PING, 3220, 5001);
    assertEquals("healthy", one.state());
    one.fail(PING, 3420, 5002).fail(PING, 3620, 5003).fail(PING, 3820, 5004);
    assertEquals("down", one.state());
    assertEquals(Bounds.between(at(2000), at(5002)), one.incident().onset());
  }

  @Test
  void shallowGreenAloneDoesNotVerify() {
    deepDown().fail(BUY, 3500, 3600).pass(PING, 6000, 6010).fail(BUY, 6100, 6200);
    two.pass(PING, 6500, 6510).pass(PING, 7500, 7510).pass(PING, 9000, 9010);
    assertEquals("recovering", two.state());
    assertEquals(0, two.incident().falseStarts());
  }

  @Test
  void restoredWaitsForTheLastRequiredProbe() {
    deepDown().fail(BUY, 3500, 3600).pass(PING, 6000, 6010).pass(NAME, 6000, 6001);
    two.fail(BUY, 7000, 7100).pass(BUY, 8000, 8100);
    assertEquals("verifying", two.state());
    two.pass(NAME, 9000, 9001).pass(NAME, 10_200, 10_201).pass(PING, 9000, 9010);
    two.pass(PING, 10_200, 10_210).pass(BUY, 9000, 9100).pass(BUY, 10_200, 10_300);
    assertEquals("verified", two.state());
    assertEquals(Optional.of(Bounds.between(at(7000), at(8100))), two.incident().restored());
  }

  @Test
  void resolversThatDisagreeHoldVerificationUpButMakeNoRelapse() {
    deepDown().pass(PING, 6000, 6010).pass(BUY, 6000, 6100).fail(NAME, 6000, 6001);
    assertEquals("recovering", two.state());
    two.pass(NAME, 7000, 7001);
    assertEquals("verifying", two.state());
    two.fail(NAME, 7100, 7101).fail(NAME, 7200, 7201);
    assertEquals("verifying", two.state());
  }

  @Test
  void aProbeThatFailsAgainWhileVerifyingIsAFalseStart() {
    down().pass(PING, 6000, 6010).fail(PING, 6500, 6510);
    assertEquals("verifying", one.state());
    one.fail(PING, 6520, 6530);
    assertEquals("down", one.state());
    assertEquals(1, one.incident().falseStarts());
  }

  @Test
  void anotherFailingProbeMayMoveTheOnsetBack() {
    deepDown().fail(BUY, 3500, 3600);
    assertEquals(Bounds.between(at(2000), at(3010)).earliest(), two.incident().onset().earliest());
    Story late = new Story(Story.policy(), Map.of(PING, Depth.SHALLOW, BUY, Depth.DEEP));
    for (long i = 0; i < 3; i++) {
      late.pass(BUY, i * 100, i * 100 + 50).pass(PING, i * 1000, i * 1000 + 10);
    }
    late.fail(PING, 3000, 3010).fail(PING, 3020, 3030).fail(PING, 3230, 3240).fail(BUY, 4000, 4100);
    assertEquals(at(200), late.incident().onset().earliest());
    assertEquals(at(3010), late.incident().onset().latest());
  }

  @Test
  void alreadyDownAtTheFirstLookHasNoLowerBound() {
    one.fail(PING, 0, 10).fail(PING, 20, 30).fail(PING, 200, 210);
    assertEquals("down", one.state());
    assertEquals(Moment.UNBOUNDED, one.incident().onset().earliest());
    assertEquals(at(10), one.incident().onset().latest());
  }

  @Test
  void aGapVoidsStreaksAndCountsAsUnobserved() {
    down().pass(PING, 6000, 6010);
    one.happen(new Event.Blind(at(20_000), at(7000), "agent not running"));
    assertEquals("recovering", one.state());
    assertEquals(Duration.ofSeconds(13), one.incident().unobserved());
    one.pass(PING, 20_100, 20_110).pass(PING, 21_200, 21_210).pass(PING, 22_200, 22_210);
    assertEquals("verified", one.state());
    assertEquals(Optional.of(Bounds.between(at(3230), at(20_110))), one.incident().restored());
  }

  @Test
  void aGapInTheHoldStartsTheHoldAnew() {
    verified().happen(new Event.Blind(at(20_000), at(8500), "agent not running"));
    one.pass(PING, 20_100, 20_110);
    assertEquals("verified", one.state());
    one.pass(PING, 25_000, 25_010);
    assertEquals("healthy", one.state());
  }

  @Test
  void stateAfterARestartIsTheFoldOfItsEvents() {
    verified();
    Health again = Health.unknown(Story.SHOP, Map.of(PING, Depth.SHALLOW));
    for (Event event : one.events) {
      again = again.after(event);
    }
    assertEquals(one.health.state(), again.state());
    assertEquals(one.health.incident(), again.incident());
  }

  @Test
  void aSuspicionThatARestartForgotEndsWithTheNextPass() {
    Story again = new Story(Story.policy(), Map.of(PING, Depth.SHALLOW));
    again.health = again.health.after(healthy().events.getLast());
    again.happen(new Event.Suspected(at(3010), PING, Bounds.at(at(3010)), Cause.TLS, "expired"));
    assertEquals("suspect", again.state());
    again.pass(PING, 9000, 9010);
    assertEquals("healthy", again.state());
  }

  @Test
  void aProbeThatIsNoLongerRequiredCannotKeepItDown() {
    Health again = Health.unknown(Story.SHOP, Map.of("other", Depth.SHALLOW));
    for (Event event : down().events) {
      again = again.after(event);
    }
    Story later = new Story(Story.policy(), Map.of("other", Depth.SHALLOW));
    later.health = again;
    later.pass("other", 9000, 9010);
    assertEquals("verifying", later.state());
    assertEquals(Set.of(), later.health.failing());
  }

  @Test
  void anOvertakenRunProvesNothing() {
    down().pass(PING, 6000, 6010);
    Health before = one.health;
    one.fail(PING, 4100, 6100).fail(PING, 4300, 6300);
    assertEquals(before, one.health);
  }

  @Test
  void ofPassesThatOverlapTheOneBegunLastDatesTheRecovery() {
    down().fail(PING, 4000, 6000).fail(PING, 4200, 6200).fail(PING, 4400, 6400);
    one.pass(PING, 4600, 6500).pass(PING, 4800, 6501).pass(PING, 6410, 6502);
    assertEquals(Bounds.between(at(3230), at(6500)), one.incident().firstGood().orElseThrow());
    one.pass(PING, 7000, 7010).pass(PING, 8600, 8610);
    assertEquals("verified", one.state());
    assertEquals(Optional.of(Bounds.between(at(4400), at(6502))), one.incident().restored());
  }

  @Test
  void firstGoodTellsWhatItStillWaitsFor() {
    deepDown().pass(PING, 6000, 6010);
    Event.FirstGood good = assertInstanceOf(Event.FirstGood.class, two.events.getLast());
    assertEquals(Set.of(BUY, NAME), good.waitingFor());
    assertEquals("ping passes again, not yet buy, name", Entry.of(good).getFirst().text());
  }

  @Test
  void timelineTellsTheStoryInOrder() {
    verified().pass(PING, 13_100, 13_110);
    assertEquals(
        List.of("onset", "detected", "first-good", "verifying", "restored", "verified", "closed"),
        one.incident().timeline().stream().map(Entry::type).toList());
  }

  @Test
  void durationsFollowFromTheMoments() {
    Incident incident = verified().incident();
    assertEquals(Duration.ofMillis(230), incident.detection().min());
    assertEquals(Duration.ofMillis(1240), incident.detection().max());
    assertEquals(Duration.ofMillis(4780), incident.recovery().orElseThrow().max());
    assertEquals(Duration.ofMillis(220), incident.downtime().orElseThrow().min());
    assertEquals(Duration.ofMillis(4010), incident.downtime().orElseThrow().max());
  }
}
