package dev.allclear.probes.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class BudgetTest {

  private static final Moment BEGIN = new Moment(Instant.parse("2026-01-01T00:00:00Z"), 7, 1);

  @Test
  void keepsTheReserveFromTheSteps() {
    Budget budget = new Budget(BEGIN, Duration.ofSeconds(20), Duration.ofSeconds(5));

    assertEquals(Duration.ofSeconds(15), budget.left(BEGIN));
    assertEquals(Duration.ofSeconds(3), budget.left(BEGIN.plus(Duration.ofSeconds(12))));
    assertEquals(Duration.ZERO, budget.left(BEGIN.plus(Duration.ofSeconds(15))));
    assertEquals(Duration.ofSeconds(-1), budget.left(BEGIN.plus(Duration.ofSeconds(16))));
  }

  @Test
  void sharesInWholeMilliseconds() {
    assertEquals(Duration.ofMillis(1666), Budget.share(Duration.ofSeconds(5), 3));
    assertEquals(Duration.ofMillis(1), Budget.share(Duration.ofNanos(1), 3));
  }

  /// Steps that take what they are given, and cleanup steps that take their share or less, end
  /// within the deadline, and each of them gets some time.
  @Test
  void stepsAndCleanupTogetherKeepTheDeadline() {
    long seed = 20260101;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 5000; round++) {
      Duration deadline = Duration.ofMillis(random.nextLong(100, 60_000));
      Duration reserve = Duration.ofMillis(random.nextLong(50, deadline.toMillis()));
      Budget budget = new Budget(BEGIN, deadline, reserve);
      Moment now = BEGIN;
      for (int step = 0; step < 10 && budget.left(now).isPositive(); step++) {
        Duration timeout = Duration.ofMillis(random.nextLong(1, 30_000));
        now = now.plus(part(random, Budget.shorter(timeout, budget.left(now))));
      }
      Moment end = now.plus(reserve);
      int steps = random.nextInt(1, 10);
      for (int step = 0; step < steps; step++) {
        Duration left = now.until(end);
        assertTrue(left.isPositive(), () -> "no time left, seed " + seed);
        now = now.plus(part(random, Budget.share(left, steps - step)));
      }
      assertTrue(
          BEGIN.until(now).compareTo(deadline) <= 0, () -> deadline + " exceeded, seed " + seed);
    }
  }

  private static Duration part(RandomGenerator random, Duration most) {
    return random.nextInt(4) == 0 ? most : Duration.ofNanos(random.nextLong(most.toNanos() + 1));
  }
}
