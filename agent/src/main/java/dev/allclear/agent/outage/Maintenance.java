package dev.allclear.agent.outage;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The planned windows of a service: an outage detected within one is measured, and kept apart.
public record Maintenance(List<Window> windows) {
  public static final Maintenance NONE = new Maintenance(List.of());

  /// When nobody is to be called.
  public sealed interface Window {

    /// When the occurrence that holds `instant` ends.
    Optional<Instant> endOf(Instant instant);
  }

  /// From `from` until before `to`.
  public record Once(Instant from, Instant to) implements Window {
    public Once {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("to <= from");
      }
    }

    @Override
    public Optional<Instant> endOf(Instant instant) {
      return instant.isBefore(from) || !instant.isBefore(to) ? Optional.empty() : Optional.of(to);
    }
  }

  /// Each week for `length`, less than a week.
  public record Weekly(DayOfWeek day, LocalTime start, ZoneId zone, Duration length)
      implements Window {
    public Weekly {
      if (!length.isPositive() || length.compareTo(Duration.ofDays(7)) >= 0) {
        throw new IllegalArgumentException("not 0 < length < a week");
      }
    }

    @Override
    public Optional<Instant> endOf(Instant instant) {
      ZonedDateTime day =
          instant.atZone(zone).with(TemporalAdjusters.previousOrSame(this.day)).with(start);
      Instant begun = day.toInstant();
      Instant last = begun.isAfter(instant) ? day.minusWeeks(1).toInstant() : begun;
      return new Once(last, last.plus(length)).endOf(instant);
    }
  }

  public Maintenance {
    windows = List.copyOf(windows);
  }

  /// When the window ends that holds `instant`; of several the last.
  public Optional<Instant> endOf(Instant instant) {
    return windows.stream()
        .flatMap(window -> window.endOf(instant).stream())
        .max(Comparator.naturalOrder());
  }
}
