package dev.allclear.agent.outage;

import static dev.allclear.agent.outage.Story.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What an agent that asks witnesses of its own network makes of fails.
final class VisionTest {
  private static final String PING = "ping";
  private static final Map<String, Depth> ONE = Map.of(PING, Depth.SHALLOW);

  private final Story story = new Story(Story.policy(), ONE);

  private Story healthy() {
    story.health = story.health.witnessed(at(0));
    return story
        .pass(PING, 0, 10)
        .pass(PING, 1000, 1010)
        .pass(PING, 2000, 2010)
        .round(2500, 2510, true);
  }

  private Story down() {
    return healthy()
        .fail(PING, 3000, 3010)
        .round(3010, 3015, true)
        .fail(PING, 3020, 3030)
        .fail(PING, 3230, 3240);
  }

  @Test
  void failsWaitForAWitness() {
    healthy().fail(PING, 3000, 3010).fail(PING, 3020, 3030).fail(PING, 3230, 3240);
    assertEquals("suspect", story.state());
    assertTrue(story.health.wantsWitness());
    story.round(3240, 3250, true);
    assertEquals("suspect", story.state());
    assertFalse(story.health.wantsWitness());
    story.fail(PING, 3240, 3260);
    assertEquals("suspect", story.state(), "it began before the witness had answered");
    story.fail(PING, 3260, 3270);
    assertEquals("down", story.state());
    assertEquals(Bounds.between(at(2000), at(3010)), story.incident().onset());
  }

  @Test
  void aWitnessThatAnsweredBeforeTheFirstFailProvesNothing() {
    healthy().round(2990, 3005, true).fail(PING, 3000, 3010);
    story.fail(PING, 3020, 3030).fail(PING, 3230, 3240);
    assertEquals("suspect", story.state());
  }

  @Test
  void withoutWitnessesEveryFailIsTheTargets() {
    story.pass(PING, 2000, 2010).fail(PING, 3000, 3010);
    assertFalse(story.health.wantsWitness());
    story.fail(PING, 3020, 3030).fail(PING, 3230, 3240);
    assertEquals("down", story.state());
  }

  @Test
  void whereNoWitnessAnswersTheAgentIsBlindSinceTheLastOneDid() {
    healthy().fail(PING, 3000, 3010).round(3010, 4010, false);
    assertEquals(
        new Event.LostSight(at(4010), at(2500), "no witness answers"), story.events.getLast());
    assertTrue(story.health.vision().isBlind());
    for (int i = 0; i < 10; i++) {
      story.fail(PING, 4100 + i * 100, 4150 + i * 100).round(4100 + i * 100, 4150 + i * 100, false);
    }
    story.round(6000, 6020, true);
    assertEquals(Event.Blind.withoutNetwork(at(6020), at(2500)), story.events.getLast());
    assertEquals(List.of("Healthy", "Suspected", "LostSight", "Blind"), story.kinds());
    story.pass(PING, 7000, 7010);
    assertEquals("healthy", story.state());
  }

  @Test
  void aRunThatOverlapsTheBlindnessProvesNoFailure() {
    healthy().round(3000, 4000, false).round(5000, 5020, true);
    story.fail(PING, 4900, 6900).fail(PING, 4950, 6950).fail(PING, 5010, 7010);
    assertEquals("healthy", story.state());
    story.fail(PING, 5020, 7020);
    assertEquals("suspect", story.state());
  }

  @Test
  void aPassWhileBlindStillProvesHealth() {
    healthy().round(3000, 4000, false).pass(PING, 8000, 8010).round(9000, 9010, true);
    story.fail(PING, 9500, 9510).round(9510, 9515, true).fail(PING, 9520, 9530);
    story.fail(PING, 9730, 9740);
    assertEquals(Bounds.between(at(8000), at(9510)), story.incident().onset());
  }

  @Test
  void anOutageGoesOnAsItWasAndItsStreaksBeginAnew() {
    down().pass(PING, 6000, 6010).pass(PING, 6500, 6510).round(6550, 6560, true);
    story.round(7000, 8000, false).pass(PING, 8000, 8010).round(9000, 9010, true);
    assertEquals("recovering", story.state());
    assertEquals(Duration.ofMillis(2460), story.incident().unobserved());
    story.pass(PING, 9020, 9030).pass(PING, 10_000, 10_010);
    assertEquals("verifying", story.state());
    story.pass(PING, 11_040, 11_050);
    assertEquals("verified", story.state());
  }

  @Test
  void aFailOfABlindAgentBoundsNoRecovery() {
    down().fail(PING, 5000, 5010).round(5100, 5110, true).fail(PING, 6000, 6010);
    story.round(6100, 7100, false).round(8000, 8010, true).pass(PING, 8100, 8110);
    assertEquals(Optional.of(Bounds.between(at(5000), at(8110))), story.incident().firstGood());
  }

  @Test
  void aRecoveryToldTooEarlyIsTakenBackAsFarAsABlindFailBoundedIt() {
    down().fail(PING, 5000, 5010).round(5100, 5110, true).fail(PING, 6000, 6010);
    story.pass(PING, 6050, 6060).round(6060, 7060, false);
    assertEquals(at(2000), story.incident().firstGood().orElseThrow().earliest());
    assertEquals(at(6060), story.incident().firstGood().orElseThrow().latest());
  }

  @Test
  void noRelapseAndNoFalseStartWithoutAWitness() {
    down().pass(PING, 6000, 6010).fail(PING, 6500, 6510).fail(PING, 6520, 6530);
    assertEquals("verifying", story.state());
    story.round(6530, 7530, false).round(8000, 8010, true);
    story.pass(PING, 8100, 8110).pass(PING, 9200, 9210).pass(PING, 10_200, 10_210);
    assertEquals("verified", story.state());
    story.fail(PING, 10_400, 10_410).fail(PING, 10_420, 10_430);
    assertEquals("verified", story.state());
    story.round(10_430, 10_440, true).fail(PING, 10_600, 10_610);
    assertEquals("down", story.state());
    assertEquals(1, story.incident().falseRecoveries());
  }

  @Test
  void aProbeThatWasNeverSeenToPassDoesNotDateAnOutageThatItOnlyJoins() {
    Map<String, Depth> both = Map.of(PING, Depth.SHALLOW, "buy", Depth.DEEP);
    Story late = new Story(Story.policy(), both);
    late.health = late.health.withProofs(PING, Bounds.between(at(2000), at(2010)), null);
    late.happen(new Event.Healthy(at(2010)))
        .fail(PING, 3000, 3010)
        .fail(PING, 3020, 3030)
        .fail(PING, 3230, 3240);
    late.fail("buy", 4000, 4100);
    assertEquals("AlsoFailing", late.kinds().getLast());
    assertEquals(Bounds.between(at(2000), at(3010)), late.incident().onset());
  }

  @Test
  void whatWasNeverSeenToWorkAsAWholeMayHaveBeenDownAtTheFirstLook() {
    Map<String, Depth> both = Map.of(PING, Depth.SHALLOW, "buy", Depth.DEEP);
    Story young = new Story(Story.policy(), both);
    young.pass(PING, 2000, 2010).fail(PING, 3000, 3010).fail(PING, 3020, 3030);
    young.fail(PING, 3230, 3240);
    assertEquals(Moment.UNBOUNDED, young.incident().onset().earliest());
    young.fail("buy", 4000, 4100);
    assertEquals(Moment.UNBOUNDED, young.incident().onset().earliest());
  }

  @Test
  void aProbeThatWasNeverSeenToPassAndFailsFirstMayHaveBegunIt() {
    Map<String, Depth> both = Map.of(PING, Depth.SHALLOW, "buy", Depth.DEEP);
    Story late = new Story(Story.policy(), both);
    late.health = late.health.withProofs(PING, Bounds.between(at(2000), at(2010)), null);
    late.happen(new Event.Healthy(at(2010))).fail("buy", 2500, 2600);
    late.fail(PING, 3000, 3010).fail(PING, 3020, 3030).fail(PING, 3230, 3240);
    assertEquals(Moment.UNBOUNDED, late.incident().onset().earliest());
    assertEquals(at(2600), late.incident().onset().latest());
  }

  /// Up but from `broke` to `back`, and a network of the agent that is lost now and then, for a
  /// second and a half at least. A witness tells of it within 50 ms, or not within a second.
  private static final class World {
    final Random random;
    final long broke;
    final long back;
    final List<long[]> losses = new ArrayList<>();
    final Story story = new Story(Story.policy(), ONE);
    long now;
    long roundBegan = -1;
    long roundEnds = -1;
    boolean roundPasses;
    long nextRound;
    long runBegan;
    long runEnds;
    long runLooks;

    World(int seed, boolean breaks) {
      random = new Random(seed);
      broke = breaks ? 20_000 + random.nextInt(20_000) : Long.MAX_VALUE;
      back = breaks ? broke + 8_000 + random.nextInt(20_000) : Long.MAX_VALUE;
      long at = 6_000;
      for (int i = 0; i < 8; i++) {
        at += 6_000 + random.nextInt(20_000);
        long end = at + 1_500 + random.nextInt(15_000);
        losses.add(new long[] {at, end});
        at = end;
      }
      story.health = story.health.witnessed(at(0));
      run();
    }

    boolean network(long at) {
      return losses.stream().noneMatch(loss -> loss[0] <= at && at < loss[1]);
    }

    boolean target(long at) {
      return at < broke || at >= back;
    }

    boolean lostNear(long at) {
      return losses.stream().anyMatch(loss -> loss[0] - 6_000 < at && at < loss[1] + 6_000);
    }

    void run() {
      boolean sharp = !story.state().equals("healthy");
      runBegan = now + (sharp ? random.nextInt(300) : 200 + random.nextInt(2_000));
      runEnds = runBegan + 1 + random.nextInt(random.nextBoolean() ? 30 : 900);
      runLooks = runBegan + random.nextLong(runEnds - runBegan + 1);
    }

    void live() {
      while (now < 180_000) {
        boolean asking = roundEnds >= 0;
        long round = asking ? roundEnds : nextRound;
        now = Math.min(runEnds, round);
        if (now == round && asking) {
          story.round(roundBegan, roundEnds, roundPasses);
          roundEnds = -1;
          nextRound = now + (story.health.wantsWitness() ? 250 : 2_000);
        } else if (now == round) {
          long looks = now + random.nextInt(50);
          roundBegan = now;
          roundPasses = network(looks);
          roundEnds = roundPasses ? looks + random.nextInt(20) : now + 1_000;
        } else {
          boolean up = network(runLooks) && target(runLooks);
          story.tell(
              PING,
              runBegan,
              runEnds,
              up ? Outcome.pass() : Outcome.fail(Cause.TIMEOUT, "no answer"));
          nextRound =
              story.health.wantsWitness() && !story.health.vision().isBlind() ? now : nextRound;
          run();
        }
      }
    }

    <E extends Event> List<E> all(Class<E> type) {
      return story.events.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  @Test
  void losingItsOwnNetworkIsNoOutage() {
    for (int seed = 0; seed < 1_000; seed++) {
      World world = new World(seed, false);
      world.live();
      String what = "seed " + seed;
      assertEquals(List.of(), world.all(Event.Detected.class), what);
      assertFalse(world.all(Event.Blind.class).isEmpty(), what);
    }
  }

  @Test
  void ofAnOutageAmongLossesTheBoundsHoldTheTruth() {
    int verified = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      World world = new World(seed, true);
      world.live();
      String what = "seed " + seed;
      if (!world.lostNear(world.broke)) {
        assertEquals(1, world.all(Event.Detected.class).size(), what);
        holds(what + " onset", world.story.incident().onset(), world.broke);
      }
      for (Event.Verified done : world.all(Event.Verified.class)) {
        holds(what + " restored", done.restored(), world.back);
        holds(what + " first good", world.story.incident().firstGood().orElseThrow(), world.back);
        verified++;
      }
      assertTrue(world.all(Event.Relapsed.class).isEmpty(), what);
    }
    assertTrue(verified > 500, "verified " + verified);
  }

  private static void holds(String what, Bounds bounds, long truth) {
    assertTrue(
        !at(truth).isBefore(bounds.earliest()) && !bounds.latest().isBefore(at(truth)),
        () -> what + " " + truth + " not in " + bounds);
  }
}
