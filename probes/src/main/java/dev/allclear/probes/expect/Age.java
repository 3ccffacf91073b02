package dev.allclear.probes.expect;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Reads times as services write them, and says how long ago they were.
final class Age {

  /// How far a service's clock may go ahead of the agent's.
  private static final Duration SKEW = Duration.ofMinutes(1);

  /// Seconds up to the year 5138, milliseconds from 1973 on.
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(100_000_000_000L);

  private static final BigDecimal MOST = BigDecimal.valueOf(253_402_300_800_000L);
  private static final int LONGEST = 64;

  private Age() {}

  /// Null if it is newer, else what it is instead.
  static @Nullable String contradiction(
      @Nullable Object value, Duration most, Instant now, Wording wording) {
    Instant time = time(value);
    if (time == null) {
      return "is "
          + wording.shown(value)
          + ", no time (RFC 3339, RFC 1123, seconds or milliseconds)";
    }
    Duration age = Duration.between(time, now);
    if (age.plus(SKEW).isNegative()) {
      return "is " + wording.length(age.negated()) + " ahead of the agent's clock";
    }
    return age.compareTo(most) > 0 ? "is " + wording.length(age) + " old" : null;
  }

  private static @Nullable Instant time(@Nullable Object value) {
    BigDecimal epoch = Figure.number(value);
    if (epoch != null) {
      return epoch(epoch);
    }
    if (!(value instanceof String text) || text.length() > LONGEST) {
      return null;
    }
    Instant time =
        time(
            DateTimeFormatter.ISO_OFFSET_DATE_TIME,
            text.strip().replaceFirst("^([\\d-]{10}) ", "$1T"));
    return time == null ? time(DateTimeFormatter.RFC_1123_DATE_TIME, text.strip()) : time;
  }

  private static @Nullable Instant epoch(BigDecimal number) {
    if (number.signum() < 0 || number.compareTo(MOST) >= 0) {
      return null;
    }
    BigDecimal millis = number.compareTo(MOST_SECONDS) < 0 ? number.movePointRight(3) : number;
    return Instant.ofEpochMilli(millis.longValue());
  }

  private static @Nullable Instant time(DateTimeFormatter format, String text) {
    try {
      return format.parse(text, Instant::from);
    } catch (DateTimeException _) {
      return null;
    }
  }
}
