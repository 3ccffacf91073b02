package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SystemClockTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant wall = START;
  private long running;
  private long up;

  private final SystemClock clock = new SystemClock(1, () -> wall, () -> running, () -> up);

  private void pass(Duration length) {
    wall = wall.plus(length);
    running += length.toNanos();
    up += length.toNanos();
  }

  private void sleep(Duration length) {
    wall = wall.plus(length);
    up += length.toNanos();
  }

  @Test
  void lengthsIncludeTheTimeThatTheMachineSlept() {
    Moment first = clock.now();
    pass(Duration.ofSeconds(1));
    sleep(Duration.ofMinutes(1));
    pass(Duration.ofSeconds(1));
    assertEquals(Duration.ofSeconds(62), first.until(clock.now()));
    assertEquals(Duration.ofMinutes(1), clock.slept());
    sleep(Duration.ofHours(1));
    assertEquals(Duration.ofSeconds(3662), first.until(clock.now()));
    assertEquals(Duration.ofMinutes(61), clock.slept());
  }

  @Test
  void lengthsDoNotFollowAClockThatIsSet() {
    Moment first = clock.now();
    wall = wall.plus(Duration.ofHours(1));
    pass(Duration.ofSeconds(1));
    assertEquals(Duration.ofSeconds(1), first.until(clock.now()));
    wall = wall.minus(Duration.ofHours(2));
    pass(Duration.ofSeconds(1));
    assertEquals(Duration.ofSeconds(2), first.until(clock.now()));
    assertEquals(Duration.ZERO, clock.slept());
  }

  @Test
  void tellsApartWhatHappensAtOnce() {
    Moment first = clock.now();
    sleep(Duration.ofMinutes(1));
    wall = wall.plus(Duration.ofHours(1));
    Moment next = clock.now();
    assertEquals(Duration.ofMinutes(1), first.until(next));
    assertEquals(START.plus(Duration.ofMinutes(61)), next.wall());
  }

  @Test
  void whatItSleptBeforeCountsAsWell() {
    running += Duration.ofHours(1).toNanos();
    up += Duration.ofHours(3).toNanos();
    SystemClock later = new SystemClock(1, () -> wall, () -> running, () -> up);
    assertEquals(Duration.ofHours(3).toNanos(), later.now().nanos());
  }

  @Test
  void driftIsNoSleep() {
    Moment first = clock.now();
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofSeconds(1));
      wall = wall.plusMillis(50);
      assertEquals(Duration.ofSeconds(i + 1), first.until(clock.now()));
    }
  }
}
