package dev.allclear.agent.yaml;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lengths of time as people write them: `250ms`, `10s`, `5m`, `1h30m`, `90d`.
public final class Durations {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final Pattern HUGE = Pattern.compile("[0-9dhms]*[0-9]{10}[0-9dhms]*");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private Durations() {}

  /// Reads whole numbers with units, the longest unit first.
  ///
  /// @throws IllegalArgumentException saying what to write instead
  public static Duration parse(String text) {
    if (NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("`" + text + "` has no unit; write a unit: " + text + "s");
    }
    if (text.startsWith("-")) {
      throw new IllegalArgumentException(
          "`" + text + "` is negative; write a positive duration, as 10s");
    }
    if (HUGE.matcher(text).matches()) {
      throw tooLong(text);
    }
    Matcher parts = SHAPE.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` is not a duration; write whole numbers with units (d, h, m, s, ms), as 10s or 1h30m");
    }
    Duration length =
        Duration.ofDays(number(parts.group(1)))
            .plusHours(number(parts.group(2)))
            .plusMinutes(number(parts.group(3)))
            .plusSeconds(number(parts.group(4)))
            .plusMillis(number(parts.group(5)));
    if (length.compareTo(LONGEST) > 0) {
      throw tooLong(text);
    }
    return length;
  }

  private static IllegalArgumentException tooLong(String text) {
    return new IllegalArgumentException(
        "`" + text + "` is too long; write at most " + print(LONGEST));
  }

  /// As {@link #parse} reads it, to the millisecond.
  public static String print(Duration length) {
    String text =
        part(length.toDaysPart(), "d")
            + part(length.toHoursPart(), "h")
            + part(length.toMinutesPart(), "m")
            + part(length.toSecondsPart(), "s")
            + part(length.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static String part(long count, String unit) {
    return count == 0 ? "" : count + unit;
  }

  public static Duration shorter(Duration a, @Nullable Duration b) {
    return b == null || a.compareTo(b) <= 0 ? a : b;
  }
}
