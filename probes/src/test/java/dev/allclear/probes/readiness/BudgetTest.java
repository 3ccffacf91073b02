package dev.allclear.probes.readiness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The example of the reference: RTO 120 s, detection 30 s, decision 15 s, API 10 s.
final class BudgetTest {
  private static final Budget BUDGET =
      new Budget(seconds(120), seconds(30), seconds(15), seconds(10), Duration.ZERO);

  private static Duration seconds(int length) {
    return Duration.ofSeconds(length);
  }

  private static Delay link(int ttl) {
    return new Delay("shop.example A", seconds(ttl));
  }

  private static List<Demand> busy(int ttl) {
    return List.of(new Demand("users", seconds(ttl), Duration.ZERO, 1));
  }

  @Test
  void whatIsLeftAllowsATtlOneSecondBelow() {
    assertEquals(seconds(65), BUDGET.left());
    assertEquals(64, BUDGET.longestTtl());
  }

  @Test
  void aShortTtlIsFeasibleWithTimeToSpare() {
    assertEquals(
        new Budget.Verdict.Feasible(seconds(4), link(60)), BUDGET.judge(link(60), busy(60)));
  }

  @Test
  void aLongTtlServesSomeUsersInTime() {
    Budget.Verdict.FeasibleFor verdict =
        assertInstanceOf(Budget.Verdict.FeasibleFor.class, BUDGET.judge(link(300), busy(300)));
    assertEquals(0.217, verdict.share(), 0.001);
    assertEquals(seconds(236), verdict.missing());
    assertEquals(64, verdict.longestTtl());
  }

  @Test
  void aClientsOwnCacheOnTopIsTooMuch() {
    Budget jvm = new Budget(seconds(120), seconds(30), seconds(15), seconds(10), seconds(30));
    Budget.Verdict.FeasibleFor verdict =
        assertInstanceOf(Budget.Verdict.FeasibleFor.class, jvm.judge(link(60), busy(60)));
    assertEquals(seconds(26), verdict.missing());
  }

  @Test
  void withNothingLeftNobodyIsServed() {
    Budget late = new Budget(seconds(60), seconds(60), seconds(15), seconds(10), Duration.ZERO);
    assertEquals(
        new Budget.Verdict.Infeasible(seconds(86), link(60), 0), late.judge(link(60), busy(60)));
  }

  @Test
  void cachesThatAreAskedRarelyAreOftenEmptyAnyway() {
    Demand rare = new Demand("branch", seconds(300), seconds(900), 1);
    assertEquals(0.75, Budget.covered(List.of(rare), Duration.ZERO), 1e-9);
    Demand weighty = new Demand("users", seconds(60), Duration.ZERO, 3);
    assertEquals(0.95, Budget.covered(List.of(rare, weighty), seconds(60)), 1e-9);
    assertEquals(1, Budget.covered(List.of(weighty), seconds(60)));
    assertEquals(0, Budget.covered(List.of(), seconds(60)));
  }
}
