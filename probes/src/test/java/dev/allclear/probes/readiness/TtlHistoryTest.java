package dev.allclear.probes.readiness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TtlHistoryTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");

  private static Moment at(int seconds) {
    return new Moment(MIDNIGHT.plusSeconds(seconds), seconds * 1_000_000_000L, 1);
  }

  private static Duration seconds(int length) {
    return Duration.ofSeconds(length);
  }

  private final TtlHistory lowered =
      TtlHistory.of("app A", 300, at(0)).with(300, at(600)).with(60, at(610)).with(60, at(700));

  @Test
  void aLoweredTtlIsNotInForceUntilTheOldOneHasPassed() {
    assertEquals(60, lowered.published());
    assertEquals(seconds(300), lowered.inForce(at(610)));
    assertEquals(seconds(210), lowered.inForce(at(700)));
    assertEquals(seconds(60), lowered.inForce(at(850)));
    assertEquals(seconds(60), lowered.inForce(at(5_000)));
  }

  @Test
  void itIsReadyOnceNoOldEntryOutlivesTheNewOnes() {
    assertEquals(at(850), lowered.ready());
    assertEquals(at(0), TtlHistory.of("app A", 60, at(0)).ready());
  }

  @Test
  void aRaisedTtlIsInForceAtOnce() {
    TtlHistory raised = TtlHistory.of("app A", 60, at(0)).with(300, at(10));
    assertEquals(seconds(300), raised.inForce(at(10)));
    assertEquals(at(10), raised.ready());
  }
}
