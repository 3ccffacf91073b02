package dev.allclear.agent.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BudgetTest {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Ask> ONE = List.of(new Ask("shop:443", 1, 10));

  private static final Plea TOO_MUCH = new Plea(true, Duration.ZERO);

  private final Budget budget = new Budget();

  private static Moment at(long millis) {
    return new Moment(EPOCH.plusMillis(millis), Duration.ofMillis(millis).toNanos(), 1);
  }

  private boolean starts(List<Ask> asks, boolean urgent, long millis) {
    return budget.admit(asks, urgent, at(millis)).equals(at(millis));
  }

  @Test
  void letsABurstThroughAndThenTheRate() {
    for (int i = 0; i < 10; i++) {
      assertTrue(starts(ONE, true, 0));
    }
    assertEquals(at(100), budget.admit(ONE, true, at(0)));
    assertTrue(starts(ONE, true, 100));
    assertEquals(at(200), budget.admit(ONE, true, at(100)));
  }

  @Test
  void leavesHalfToWhatIsUrgent() {
    for (int i = 0; i < 6; i++) {
      assertTrue(starts(ONE, false, 0));
    }
    assertEquals(at(100), budget.admit(ONE, false, at(0)));
    assertTrue(starts(ONE, true, 0));
  }

  @Test
  void aLongRunStartsWithOneTokenAndIsMadeUpFor() {
    assertTrue(starts(List.of(new Ask("shop:443", 30, 10)), true, 0));
    assertEquals(at(2_100), budget.admit(ONE, true, at(0)));
  }

  @Test
  void ofSeveralTargetsTheOneThatLacksMostDecides() {
    List<Ask> both = List.of(new Ask("shop:443", 1, 10), new Ask("id:443", 6, 4));
    assertTrue(starts(both, true, 0));
    assertEquals(at(750), budget.admit(both, true, at(0)));
    assertTrue(starts(ONE, true, 0));
  }

  @Test
  void theLowestRateHolds() {
    assertTrue(starts(List.of(new Ask("shop:443", 4, 2)), true, 0));
    assertEquals(at(500), budget.admit(ONE, true, at(0)));
  }

  @Test
  void whatHasNoBudgetWaitsForNone() {
    assertTrue(starts(List.of(), false, 0));
  }

  @Test
  void aTargetThatIsAskedTooMuchRestsLongerEachTime() {
    budget.told(ONE, TOO_MUCH, at(0));
    assertEquals(at(1_000), budget.admit(ONE, true, at(0)));
    budget.told(ONE, TOO_MUCH, at(500));
    assertTrue(starts(ONE, true, 1_000));
    budget.told(ONE, TOO_MUCH, at(1_010));
    assertEquals(at(3_010), budget.admit(ONE, true, at(1_010)));
    budget.told(ONE, Plea.NONE, at(3_020));
    assertTrue(starts(ONE, true, 3_020));
  }

  @Test
  void aTargetThatSaysHowLongRestsSoLongOrAsLongAsItWouldHaveAnyway() {
    budget.told(ONE, new Plea(true, Duration.ofSeconds(30)), at(0));
    assertEquals(at(30_000), budget.admit(ONE, true, at(0)));
    assertEquals(Map.of("shop:443", at(30_000)), budget.rests(at(29_999)));
    assertEquals(Map.of(), budget.rests(at(30_000)));
    budget.told(ONE, new Plea(true, Duration.ofSeconds(1)), at(30_000));
    assertEquals(at(32_000), budget.admit(ONE, true, at(30_000)));
  }

  @Test
  void aWaitThatIsNoBackOffIsNotDoubled() {
    Plea wait = new Plea(false, Duration.ofSeconds(10));
    budget.told(ONE, wait, at(0));
    budget.told(ONE, wait, at(10_000));
    assertEquals(at(20_000), budget.admit(ONE, true, at(10_000)));
    budget.told(ONE, Plea.NONE, at(11_000));
    assertTrue(starts(ONE, true, 11_000));
  }

  @Test
  void whatIsSentBesideLeavesOneToWhatIsUrgent() {
    assertTrue(starts(ONE, false, 0));
    for (int i = 0; i < 50; i++) {
      budget.beside(ONE, at(0));
    }
    assertTrue(starts(ONE, true, 0));
    assertEquals(at(100), budget.admit(ONE, true, at(0)));
  }

  @Test
  void whatWasRepeatedIsMadeUpFor() {
    assertTrue(starts(ONE, true, 0));
    budget.more(ONE.getFirst(), 19, at(0));
    assertEquals(at(1_100), budget.admit(ONE, true, at(0)));
  }

  /// Whatever is asked, in any second no more is let through than the rate, the burst and one long
  /// run beyond it.
  @Test
  void theRateHoldsInTheLongRun() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Budget own = new Budget();
      long sent = 0;
      long now = 0;
      for (int i = 0; i < 2_000; i++) {
        now += random.nextInt(40);
        int requests = 1 + random.nextInt(5);
        List<Ask> asks = List.of(new Ask("shop:443", requests, 10));
        if (own.admit(asks, random.nextBoolean(), at(now)).equals(at(now))) {
          sent += requests;
        }
      }
      assertTrue(sent <= 10 + 5 + now / 100, "seed " + seed + ": " + sent + " in " + now + " ms");
    }
  }
}
