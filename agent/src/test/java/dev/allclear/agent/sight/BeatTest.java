package dev.allclear.agent.sight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outage.Blindness;
import dev.allclear.agent.outage.Event;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BeatTest {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final Beat FIRST = beat(0, 0, 0);

  private static Moment at(long wall, long nanos) {
    return new Moment(EPOCH.plusMillis(wall), nanos * 1_000_000, 1);
  }

  private static Beat beat(long wall, long nanos, long slept) {
    return new Beat(at(wall, nanos), Duration.ofMillis(slept));
  }

  @Test
  void inTimeIsNothingToTell() {
    assertEquals(List.of(), FIRST.until(beat(250, 250, 0)));
    assertEquals(List.of(), FIRST.until(beat(1_250, 1_250, 0)));
    assertEquals(List.of(), FIRST.until(beat(500, 260, 0)));
  }

  @Test
  void tellsThatTheAgentWasStopped() {
    assertEquals(
        List.of(
            new Event.Blind(
                at(30_250, 30_250),
                at(250, 250),
                Blindness.STOPPED,
                "the agent was stopped for 30s")),
        FIRST.until(beat(30_250, 30_250, 0)));
  }

  @Test
  void tellsThatTheMachineSlept() {
    assertEquals(
        List.of(
            new Event.Blind(
                at(3_600_250, 3_600_250),
                at(250, 250),
                Blindness.SUSPENDED,
                "the machine was suspended for 1h00m")),
        FIRST.until(beat(3_600_250, 3_600_250, 3_600_000)));
  }

  @Test
  void tellsThatTheClockWasSet() {
    assertEquals(
        List.of(new Event.ClockSet(at(3_600_250, 250), Duration.ofHours(1))),
        FIRST.until(beat(3_600_250, 250, 0)));
    assertEquals(
        List.of(new Event.ClockSet(at(-3_599_750, 250), Duration.ofHours(-1))),
        FIRST.until(beat(-3_599_750, 250, 0)));
  }

  @Test
  void tellsBothApart() {
    List<Event> both = FIRST.until(beat(10_250, 5_250, 0));
    assertEquals(
        List.of(
            new Event.Blind(
                at(10_250, 5_250), at(250, 250), Blindness.STOPPED, "the agent was stopped for 5s"),
            new Event.ClockSet(at(10_250, 5_250), Duration.ofSeconds(5))),
        both);
  }
}
