package dev.allclear.probes.http;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/// How long an answer asks to wait: so many seconds, or until a date (RFC 9110, 10.2.3).
final class RetryAfter {
  private static final String NAME = "Retry-After";

  /// More digits are as good as forever.
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /// Null if it says nothing that can be understood; `received` is when it came.
  static @Nullable Duration in(Headers headers, Moment received) {
    String value = headers.get(NAME);
    if (value == null) {
      return null;
    }
    String text = value.strip();
    if (!text.isEmpty() && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      return Duration.ofSeconds(
          text.length() > MOST_DIGITS ? Integer.MAX_VALUE : Long.parseLong(text));
    }
    Instant date = headers.getInstant(NAME);
    if (date == null) {
      return null;
    }
    Duration left = Duration.between(received.wall(), date);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
