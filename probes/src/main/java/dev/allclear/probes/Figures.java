package dev.allclear.probes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times and lengths as people read them: `7.1s (6.9s to 7.2s)`, never finer than a tenth of their
/// width, and rounded outwards so that they still contain the truth.
public final class Figures {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Duration FINEST = Duration.ofMillis(1);
  private static final Duration NO_BOUND = Duration.ofDays(10_000);

  private Figures() {}

  public static String span(Span span) {
    if (span.max().compareTo(NO_BOUND) > 0) {
      return "at least " + length(span.min(), FINEST, RoundingMode.FLOOR);
    }
    Duration unit = unit(span.width());
    String likely = length(span.likely(), unit, RoundingMode.HALF_EVEN);
    if (span.width().isZero()) {
      return likely;
    }
    String min = length(span.min(), unit, RoundingMode.FLOOR);
    String max = length(span.max(), unit, RoundingMode.CEILING);
    return min.equals(max) ? likely : likely + " (" + min + " to " + max + ")";
  }

  public static String bounds(Bounds bounds) {
    return bounds.earliest().equals(Moment.UNBOUNDED)
        ? "before " + clock(bounds.latest())
        : clock(bounds.likely())
            + " ("
            + clock(bounds.earliest())
            + " to "
            + CLOCK.format(bounds.latest().wall().plusNanos(999_999))
            + ")";
  }

  public static String clock(Moment moment) {
    return CLOCK.format(moment.wall());
  }

  public static String day(Moment moment) {
    return DAY.format(moment.wall());
  }

  /// As `1h2m`, `2m5s`, `7.25s`, `40ms`.
  public static String length(Duration length) {
    return length(length, FINEST, RoundingMode.HALF_EVEN);
  }

  /// The smallest power of ten, in milliseconds up to a second, that is not finer than a tenth.
  private static Duration unit(Duration width) {
    Duration unit = FINEST;
    while (unit.multipliedBy(10).compareTo(width) < 0 && unit.toSeconds() < 1) {
      unit = unit.multipliedBy(10);
    }
    return unit;
  }

  private static String length(Duration length, Duration finest, RoundingMode rounding) {
    Duration unit = unitFor(length, finest);
    long units =
        new BigDecimal(length.toNanos())
            .divide(BigDecimal.valueOf(unit.toNanos()), 0, rounding)
            .longValueExact();
    Duration rounded = unit.multipliedBy(units);
    if (rounded.toHours() > 0) {
      return "%dh%02dm".formatted(rounded.toHours(), rounded.toMinutesPart());
    }
    if (rounded.toMinutes() > 0) {
      return "%dm%02ds".formatted(rounded.toMinutes(), rounded.toSecondsPart());
    }
    return rounded.toSeconds() == 0 && unit.equals(FINEST) && !rounded.isZero()
        ? rounded.toMillis() + "ms"
        : seconds(rounded, unit) + "s";
  }

  /// Minutes are shown with whole seconds, hours with whole minutes.
  private static Duration unitFor(Duration length, Duration finest) {
    Duration shown =
        length.toHours() > 0
            ? Duration.ofMinutes(1)
            : length.toMinutes() > 0 ? Duration.ofSeconds(1) : finest;
    return shown.compareTo(finest) > 0 ? shown : finest;
  }

  private static String seconds(Duration length, Duration unit) {
    int decimals = unit.toSeconds() >= 1 ? 0 : 3 - (String.valueOf(unit.toMillis()).length() - 1);
    return BigDecimal.valueOf(length.toMillis(), 3)
        .setScale(decimals, RoundingMode.HALF_EVEN)
        .toPlainString();
  }
}
