package dev.allclear.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class BoundsTest {

  private static final Moment ZERO = new Moment(Instant.parse("2026-01-01T00:00:00Z"), 0, 1);

  private static Moment at(long seconds) {
    return ZERO.plus(Duration.ofSeconds(seconds));
  }

  private static Bounds bounds(long earliest, long likely, long latest) {
    return new Bounds(at(earliest), at(likely), at(latest));
  }

  @Test
  void likelyLiesInside() {
    assertEquals(at(1), bounds(1, 0, 3).likely());
    assertEquals(at(3), bounds(1, 9, 3).likely());
    assertEquals(at(2), Bounds.between(at(1), at(3)).likely());
    assertEquals(bounds(1, 1, 1), Bounds.at(at(1)));
    assertEquals(Duration.ofSeconds(2), bounds(1, 2, 3).width());
  }

  @Test
  void refusesAnEmptyInterval() {
    assertEquals(
        "latest < earliest",
        assertThrows(IllegalArgumentException.class, () -> bounds(2, 2, 1)).getMessage());
  }

  @Test
  void orderIsUndeterminedWhileTheyTouch() {
    assertTrue(bounds(1, 1, 2).isBefore(bounds(3, 3, 4)));
    assertFalse(bounds(1, 1, 3).isBefore(bounds(3, 3, 4)));
    assertFalse(bounds(3, 3, 4).isBefore(bounds(1, 1, 2)));
  }

  @Test
  void measuresFromOneToTheOther() {
    assertEquals(
        new Span(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(9)),
        bounds(1, 2, 3).until(bounds(5, 7, 10)));
    assertEquals(
        new Span(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2)),
        bounds(1, 3, 5).until(bounds(2, 2, 3)));
  }

  @Test
  void areShownOnTheClockOfTheLatestIfItWasSetInBetween() {
    Moment before = new Moment(at(2).wall().minusSeconds(3600), at(2).nanos(), at(2).session());
    Bounds set = new Bounds(before, before, at(5));
    assertEquals(bounds(2, 2, 5), set.onOneClock());
    assertEquals(bounds(2, 3, 5), bounds(2, 3, 5).onOneClock());
    assertEquals(bounds(2, 3, 5).unboundedBefore(), bounds(2, 3, 5).unboundedBefore().onOneClock());
  }

  @RepeatedTest(20)
  void containTheTruthWhateverIsDoneWithThem(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 500; i++) {
      long a = random.nextInt(20);
      long b = random.nextInt(20);
      Bounds aroundA = around(a, random);
      Bounds aroundB = around(b, random);
      assertContains(Bounds::earlier, aroundA, aroundB, Math.min(a, b));
      assertContains(Bounds::later, aroundA, aroundB, Math.max(a, b));
      assertTrue(!aroundA.isBefore(aroundB) || a < b);
      Span span = aroundA.until(aroundB);
      Duration truth = Duration.ofSeconds(Math.max(0, b - a));
      assertTrue(span.min().compareTo(truth) <= 0 && truth.compareTo(span.max()) <= 0);
      assertTrue(span.min().compareTo(span.likely()) <= 0);
      assertTrue(span.likely().compareTo(span.max()) <= 0);
    }
  }

  private static Bounds around(long truth, Random random) {
    long earliest = truth - random.nextInt(5);
    long latest = truth + random.nextInt(5);
    return bounds(earliest, random.nextInt(25), latest);
  }

  private static void assertContains(
      BinaryOperator<Bounds> operation, Bounds a, Bounds b, long truth) {
    BiFunction<Bounds, Moment, Boolean> contains =
        (bounds, moment) ->
            !moment.isBefore(bounds.earliest()) && !bounds.latest().isBefore(moment);
    assertTrue(contains.apply(operation.apply(a, b), at(truth)));
  }
}
