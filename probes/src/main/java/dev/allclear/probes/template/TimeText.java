package dev.allclear.probes.template;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How `now` writes an instant, in UTC, and how far from now it may be.
final class TimeText {

  static final String DEFAULT = "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'";

  private static final Pattern OFFSET =
      Pattern.compile(
          "([+-])?(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,8})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

  /// Fields as narrow and as wide as they get: what writes both writes every instant.
  private static final List<Instant> EXTREMES =
      List.of(
          Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2028-12-31T23:59:59.999999999Z"));

  private TimeText() {}

  /// `epoch`, `epoch-ms`, `http`, or a pattern of {@link DateTimeFormatter}.
  ///
  /// @throws IllegalArgumentException if there is no such format
  static Function<Instant, String> format(String format) {
    return switch (format) {
      case "epoch" -> now -> Long.toString(now.getEpochSecond());
      case "epoch-ms" -> now -> Long.toString(now.toEpochMilli());
      case "http" -> pattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'");
      default -> pattern(format);
    };
  }

  private static Function<Instant, String> pattern(String pattern) {
    try {
      DateTimeFormatter formatter =
          DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
      EXTREMES.forEach(extreme -> formatter.formatTo(extreme, new StringBuilder()));
      return formatter::format;
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException("`" + pattern + "` is no format of a time", e);
    }
  }

  /// Reads `+5m`, `-1h30m`, `90d`.
  ///
  /// @throws IllegalArgumentException if it is none
  static Duration offset(String text) {
    Matcher parts = OFFSET.matcher(text);
    if (!parts.matches() || !Character.isLetter(text.charAt(text.length() - 1))) {
      throw new IllegalArgumentException("`" + text + "` is no offset");
    }
    Duration length =
        Duration.ofDays(number(parts.group(2)))
            .plusHours(number(parts.group(3)))
            .plusMinutes(number(parts.group(4)))
            .plusSeconds(number(parts.group(5)))
            .plusMillis(number(parts.group(6)));
    return "-".equals(parts.group(1)) ? length.negated() : length;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
