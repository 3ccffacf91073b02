package dev.allclear.probes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Times and lengths as people read them: `7.1s (6.9s to 7.2s)`, never finer than a tenth of their
/// width, and rounded outwards so that they still contain the truth.
public final class Figures {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Duration FINEST = Duration.ofMillis(1);
  private static final List<Duration> STEPS =
      Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000).map(Duration::ofMillis).toList();
  private static final Duration NO_BOUND = Duration.ofDays(10_000);

  private Figures() {}

  public static String span(Span span) {
    if (span.max().compareTo(NO_BOUND) > 0) {
      return "at least " + length(span.min(), RoundingMode.FLOOR);
    }
    if (span.width().isZero()) {
      return length(span.likely());
    }
    Duration unit = unit(span.width());
    String likely = length(span.likely(), unit, RoundingMode.HALF_EVEN);
    String min = length(span.min(), unit, RoundingMode.FLOOR);
    String max = length(span.max(), unit, RoundingMode.CEILING);
    return likely + " (" + min + " to " + max + ")";
  }

  /// A point has no bounds.
  public static String bounds(Bounds told) {
    Bounds bounds = told.onOneClock();
    if (bounds.earliest().equals(bounds.latest())) {
      return clock(bounds.likely());
    }
    return bounds.earliest().equals(Moment.UNBOUNDED)
        ? "before " + CLOCK.format(up(bounds.latest()))
        : clock(bounds.likely())
            + " ("
            + clock(bounds.earliest())
            + " to "
            + CLOCK.format(up(bounds.latest()))
            + ")";
  }

  public static String clock(Moment moment) {
    return CLOCK.format(moment.wall());
  }

  /// The likely moment with its day; of one without a lower bound, before when it was.
  public static String day(Bounds bounds) {
    return bounds.earliest().equals(Moment.UNBOUNDED)
        ? "before " + DAY.format(up(bounds.latest()))
        : DAY.format(bounds.onOneClock().likely().wall());
  }

  private static Instant up(Moment moment) {
    return moment.wall().plusNanos(999_999);
  }

  /// Exactly, as people write it: `2s`, `1m30s`, `0.2s`.
  public static String written(Duration length) {
    return length.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  /// As `1h02m`, `2m05s`, `7.25s`, `40ms`, `0s`.
  public static String length(Duration length) {
    return length(length, RoundingMode.HALF_EVEN);
  }

  private static String length(Duration length, RoundingMode rounding) {
    String text = length(length, FINEST, rounding);
    return text.contains(".") ? text.replaceFirst("\\.?0+s$", "s") : text;
  }

  /// The smallest of 1, 2, 5, 10, … milliseconds up to a second that is not finer than a tenth.
  private static Duration unit(Duration width) {
    return STEPS.stream()
        .filter(step -> step.multipliedBy(10).compareTo(width) >= 0)
        .findFirst()
        .orElse(STEPS.getLast());
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
