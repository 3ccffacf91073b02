package dev.allclear.agent.web;

import dev.allclear.probes.Span;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/// Lengths for people: `12m40s (12m11s to 13m09s)`. The likely one is never finer than a tenth of
/// the width; the bounds are rounded outwards.
final class Lengths {
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1));

  private Lengths() {}

  static String of(Span span) {
    if (span.width().isZero()) {
      return of(span.likely());
    }
    Duration step = step(span.width().dividedBy(10));
    Duration edge = step(span.width().dividedBy(100));
    return "%s (%s to %s)"
        .formatted(
            text(round(span.likely(), step, RoundingMode.HALF_UP)),
            text(round(span.min(), edge, RoundingMode.FLOOR)),
            text(round(span.max(), edge, RoundingMode.CEILING)));
  }

  static String of(Duration length) {
    return text(round(length, STEPS.getFirst(), RoundingMode.HALF_UP));
  }

  private static Duration step(Duration finest) {
    return STEPS.stream()
        .filter(step -> step.compareTo(finest) >= 0)
        .findFirst()
        .orElse(STEPS.getLast());
  }

  private static Duration round(Duration length, Duration step, RoundingMode mode) {
    BigDecimal millis = BigDecimal.valueOf(length.toNanos(), 6);
    BigDecimal steps = millis.divide(BigDecimal.valueOf(step.toMillis()), 0, mode);
    return step.multipliedBy(steps.longValueExact());
  }

  private static String text(Duration length) {
    if (length.toHours() > 0) {
      return "%dh%02dm".formatted(length.toHours(), length.toMinutesPart())
          + (length.toSecondsPart() == 0 ? "" : "%02ds".formatted(length.toSecondsPart()));
    }
    String tenths = length.toMillisPart() == 0 ? "" : "." + length.toMillisPart() / 100;
    return length.toMinutes() == 0
        ? length.toSecondsPart() + tenths + "s"
        : "%dm%02d%ss".formatted(length.toMinutes(), length.toSecondsPart(), tenths);
  }
}
