package dev.allclear.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MomentTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static Moment at(int wallSeconds, long nanos, long session) {
    return new Moment(NOON.plusSeconds(wallSeconds), nanos, session);
  }

  @Test
  void measuresWithTheMonotonicClockWithinASession() {
    Moment before = at(0, 100, 1);
    Moment afterAStepBack = at(-3600, 350, 1);
    assertEquals(Duration.ofNanos(250), before.until(afterAStepBack));
    assertEquals(Duration.ofNanos(-250), afterAStepBack.until(before));
    assertTrue(before.isBefore(afterAStepBack));
  }

  @Test
  void measuresWithTheWallClockAcrossSessions() {
    Moment before = at(0, 999_999, 1);
    Moment after = at(90, 5, 2);
    assertEquals(Duration.ofSeconds(90), before.until(after));
    assertEquals(Duration.ofSeconds(-90), after.until(before));
    assertTrue(before.isBefore(after));
    assertFalse(after.isBefore(before));
  }

  @Test
  void aLaterSessionIsLaterThoughTheWallClockWasSetBack() {
    Moment before = at(0, 0, 1);
    Moment after = at(-60, 0, 2);
    assertTrue(before.isBefore(after));
    assertEquals(Duration.ZERO, before.until(after));
  }

  @Test
  void toleratesOverflowOfTheMonotonicClock() {
    Moment before = at(0, Long.MAX_VALUE, 1);
    Moment after = at(0, Long.MIN_VALUE + 9, 1);
    assertEquals(Duration.ofNanos(10), before.until(after));
    assertTrue(before.isBefore(after));
  }

  @Test
  void picksTheEarlierAndTheLater() {
    Moment first = at(0, 1, 1);
    Moment second = at(0, 2, 1);
    assertEquals(first, Moment.earlier(second, first));
    assertEquals(second, Moment.later(second, first));
    assertEquals(second, second.plus(Duration.ofSeconds(1)).minus(Duration.ofSeconds(1)));
  }
}
