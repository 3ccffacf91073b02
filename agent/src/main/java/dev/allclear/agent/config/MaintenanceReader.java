package dev.allclear.agent.config;

import dev.allclear.agent.outage.Maintenance;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the planned windows of a service, each once or weekly.
final class MaintenanceReader {
  private static final String WINDOW =
      "{weekly: sunday 02:00 Europe/Berlin, for: 2h}, or {from: 2026-01-31T02:00:00Z, for: 2h}";
  private static final String WEEKLY = "a day, a time and a zone, as sunday 02:00 Europe/Berlin";
  private static final Pattern SHAPE = Pattern.compile("(\\w+) (\\d{2}:\\d{2}) (\\S+)");
  private static final Duration WEEK = Duration.ofDays(7);

  private MaintenanceReader() {}

  private record Start(DayOfWeek day, LocalTime time, ZoneId zone) {
    /// @throws IllegalArgumentException saying what to write instead
    static Start parse(String text) {
      Matcher parts = SHAPE.matcher(text);
      if (!parts.matches()) {
        throw new IllegalArgumentException(
            Value.quoted(text)
                + " is not a day, a time and a zone; write them, as sunday 02:00 Europe/Berlin");
      }
      try {
        return new Start(
            DayOfWeek.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
            LocalTime.parse(parts.group(2)),
            ZoneId.of(parts.group(3)));
      } catch (DateTimeException | IllegalArgumentException _) {
        throw new IllegalArgumentException(
            Value.quoted(text)
                + " is not a day, a time and a zone; write them, as sunday 02:00 Europe/Berlin");
      }
    }
  }

  static Maintenance read(MapReader service) {
    List<Maintenance.Window> windows = new ArrayList<>();
    for (Value value : service.list("maintenance")) {
      Maintenance.Window window = value.map(WINDOW, map -> window(value, map));
      if (window != null) {
        windows.add(window);
      }
    }
    return new Maintenance(windows);
  }

  private static Maintenance.@Nullable Window window(Value value, MapReader map) {
    Start weekly = map.get("weekly", each -> each.parsed(WEEKLY, Start::parse));
    Instant from =
        map.get(
            "from",
            each -> each.parsed("an instant, as 2026-01-31T02:00:00Z", MaintenanceReader::instant));
    Duration length = map.require("for", "how long, as `for: 2h`", Value::duration);
    if (map.has("weekly") == map.has("from")) {
      value.wrong("a window is once or weekly; write " + WINDOW);
      return null;
    }
    if (weekly != null && length != null && length.compareTo(WEEK) >= 0) {
      map.wrong("for", "a week has no end that way; write less than 168h");
      return null;
    }
    if (length == null) {
      return null;
    }
    return weekly != null
        ? new Maintenance.Weekly(weekly.day(), weekly.time(), weekly.zone(), length)
        : from == null ? null : new Maintenance.Once(from, from.plus(length));
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      throw new IllegalArgumentException(
          Value.quoted(text) + " is not an instant; write one, as 2026-01-31T02:00:00Z");
    }
  }
}
