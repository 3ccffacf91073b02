package dev.allclear.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {
  private static final Moment START =
      new Moment(Instant.parse("2026-01-01T12:00:00.123456Z"), 0, 1);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0        | 0        | 0        | 0s",
        "40       | 40       | 40       | 40ms",
        "6900     | 7000     | 7200     | 7.00s (6.90s to 7.20s)",
        "6912     | 7000     | 7008     | 7.00s (6.91s to 7.01s)",
        "731400   | 760000   | 788600   | 12m40s (12m11s to 13m09s)",
        "3725000  | 3725000  | 3725000  | 1h02m",
        "59990    | 60010    | 61400    | 1m00s (59.8s to 1m02s)",
        "0        | 15000    | 30000    | 15s (0s to 30s)",
      })
  void lengthsAreRoundedOutwards(long min, long likely, long max, String text) {
    Span span = new Span(Duration.ofMillis(min), Duration.ofMillis(likely), Duration.ofMillis(max));
    assertEquals(text, Figures.span(span));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "40, 40ms",
    "1500, 1.5s",
    "30000, 30s",
    "2060, 2.06s",
    "120000, 2m00s",
    "3600000, 1h00m"
  })
  void aKnownLengthHasNoIdleZeros(long millis, String text) {
    assertEquals(text, Figures.length(Duration.ofMillis(millis)));
  }

  @Test
  void writesLengthsExactlyAsPeopleDo() {
    assertEquals("2s", Figures.written(Duration.ofSeconds(2)));
    assertEquals("0.2s", Figures.written(Duration.ofMillis(200)));
    assertEquals("1m30s", Figures.written(Duration.ofSeconds(90)));
  }

  @Test
  void momentsAreRoundedOutwards() {
    Bounds bounds = Bounds.between(START, START.plus(Duration.ofNanos(1_000)));
    assertEquals("12:00:00.123 (12:00:00.123 to 12:00:00.124)", Figures.bounds(bounds));
  }

  @Test
  void aPointHasNoBounds() {
    assertEquals("12:00:00.123", Figures.bounds(Bounds.at(START)));
  }

  @Test
  void aDayStandsBeforeTheLikelyMoment() {
    Bounds bounds = Bounds.between(START, START.plus(Duration.ofSeconds(2)));
    assertEquals("2026-01-01 12:00:01.123", Figures.day(bounds));
  }

  @Test
  void whatHasNoLowerBoundSaysSo() {
    Bounds bounds = new Bounds(Moment.UNBOUNDED, START, START);
    assertEquals("before 12:00:00.124", Figures.bounds(bounds));
    assertEquals("before 2026-01-01 12:00:00.124", Figures.day(bounds));
    assertEquals(
        "at least 5s", Figures.span(bounds.until(Bounds.at(START.plus(Duration.ofSeconds(5))))));
  }
}
