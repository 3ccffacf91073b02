package dev.allclear.agent.tripwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class IdleLimitTest {
  private static Duration millis(long length) {
    return Duration.ofMillis(length);
  }

  private static IdleLimit closedAfter(long... idle) {
    IdleLimit limit = IdleLimit.UNKNOWN;
    for (long each : idle) {
      limit = limit.closedAfter(millis(each));
    }
    return limit;
  }

  @Test
  void oneCloseMayHaveAnyReason() {
    assertNull(closedAfter(5000).rest());
    assertFalse(closedAfter(5000).explains(millis(5000)));
    assertNull(closedAfter(5000, 300, 9000).rest());
  }

  @Test
  void twoAlikeAreALimitToStayBelow() {
    assertEquals(millis(4000), closedAfter(5000, 5003).rest());
    assertEquals(millis(60_000), closedAfter(75_010, 75_000).rest());
    assertEquals(millis(2000), closedAfter(2500, 2500).rest());
    assertTrue(closedAfter(5000, 5003).explains(millis(5200)));
    assertFalse(closedAfter(5000, 5003).explains(millis(2000)));
  }

  @Test
  void aReloadInBetweenTeachesNothing() {
    assertEquals(millis(4000), closedAfter(5000, 700, 5010, 5000).rest());
    assertEquals(millis(4000), closedAfter(5000, 5000, 700).rest());
  }

  @Test
  void aServerThatChangesItsMindIsFollowed() {
    assertEquals(millis(2400), closedAfter(5000, 5000, 3000, 3001).rest());
  }

  @Test
  void whatIsSaidHoldsAtOnce() {
    IdleLimit said = IdleLimit.UNKNOWN.saying(Duration.ofSeconds(5));
    assertEquals(millis(4000), said.rest());
    assertTrue(said.explains(millis(5100)));
    assertEquals(said, said.saying(null));
    assertEquals(millis(2400), said.closedAfter(millis(3000)).closedAfter(millis(3000)).rest());
  }

  @Test
  void lessThanTwoSecondsAreNotWorthIt() {
    assertTrue(closedAfter(1000, 1001, 1000).isTooShort());
    assertTrue(closedAfter(0, 0, 0).isTooShort());
    assertFalse(closedAfter(1000, 1001).isTooShort());
    assertFalse(closedAfter(2000, 2000).isTooShort());
    assertTrue(IdleLimit.UNKNOWN.saying(Duration.ofSeconds(1)).isTooShort());
  }
}
