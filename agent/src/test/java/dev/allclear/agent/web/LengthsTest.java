package dev.allclear.agent.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Span;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LengthsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0      | 0      | 0      | 0s
          42     | 42     | 42     | 42s
          42.06  | 42.06  | 42.06  | 42.1s
          7210   | 7210   | 7210   | 2h00m10s
          6.91   | 7.04   | 7.18   | 7s (6.9s to 7.2s)
          50     | 50.5   | 51     | 50.5s (50s to 51s)
          731.2  | 760    | 788.9  | 12m40s (12m11s to 13m09s)
          59.4   | 90     | 120.1  | 1m30s (59s to 2m01s)
          0      | 1800   | 3600   | 30m00s (0s to 1h00m)
          """)
  void areNoFinerThanWhatIsKnown(String min, String likely, String max, String expected) {
    assertEquals(expected, Lengths.of(new Span(seconds(min), seconds(likely), seconds(max))));
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
  }
}
