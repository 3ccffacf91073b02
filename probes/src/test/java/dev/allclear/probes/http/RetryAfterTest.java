package dev.allclear.probes.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RetryAfterTest {
  private static final Moment NOW = new Moment(Instant.parse("2026-11-23T12:00:00Z"), 0, 1);

  private static @Nullable Duration of(String value) {
    return RetryAfter.in(Headers.of("retry-after", value), NOW);
  }

  @Test
  void isSecondsOrADate() {
    assertEquals(Duration.ofSeconds(30), of("30"));
    assertEquals(Duration.ZERO, of("0"));
    assertEquals(Duration.ofSeconds(90), of("Mon, 23 Nov 2026 12:01:30 GMT"));
    assertEquals(Duration.ZERO, of("Mon, 23 Nov 2026 11:00:00 GMT"));
    assertEquals(Duration.ofSeconds(Integer.MAX_VALUE), of("9".repeat(400)));
  }

  @Test
  void whatNobodyUnderstandsAsksForNothing() {
    for (String text : new String[] {"", "soon", "-5", "1.5", "5 s"}) {
      assertNull(of(text), text);
    }
    assertNull(RetryAfter.in(Headers.of(), NOW));
  }
}
