package dev.allclear.agent.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "10s, PT10S",
    "5m, PT5M",
    "1h30m, PT1H30M",
    "90d, PT2160H",
    "0s, PT0S",
    "1d2h3m4s5ms, PT26H3M4.005S",
    "90m, PT1H30M",
    "1500ms, PT1.5S"
  })
  void readsNumbersWithUnits(String text, Duration length) {
    assertEquals(length, Durations.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.25S, 250ms",
    "PT10S, 10s",
    "PT5M, 5m",
    "PT1H30M, 1h30m",
    "PT2160H, 90d",
    "PT0S, 0s",
    "PT1.5S, 1s500ms",
    "PT24H, 1d"
  })
  void printsTheLongestUnitsFirst(Duration length, String text) {
    assertEquals(text, Durations.print(length));
  }

  @Test
  void readsWhatItPrints() {
    long seed = 20260101;
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      Duration length = Duration.ofMillis(random.nextLong(Duration.ofDays(10_000).toMillis()));
      assertEquals(length, Durations.parse(Durations.print(length)), "seed " + seed);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10 | `10` has no unit; write a unit: 10s",
        "-10s | `-10s` is negative; write a positive duration, as 10s",
        "'' | `` is not a duration; write whole numbers with units (d, h, m, s, ms), as 10s or 1h30m",
        "10sec | `10sec` is not a duration; write whole numbers with units (d, h, m, s, ms), as 10s or 1h30m",
        "1s1s | `1s1s` is not a duration; write whole numbers with units (d, h, m, s, ms), as 10s or 1h30m",
        "99999999999s | `99999999999s` is too long; write at most 10000d",
        "10001d | `10001d` is too long; write at most 10000d",
      })
  void saysWhatToWriteInstead(String text, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Durations.parse(text)).getMessage());
  }
}
