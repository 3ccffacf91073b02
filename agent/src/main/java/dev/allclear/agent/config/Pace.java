package dev.allclear.agent.config;

import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.MapReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How often a probe runs while all is well, and how long it may take.
record Pace(Duration every, Duration timeout) {
  static final Pace DEFAULT = new Pace(Duration.ofSeconds(10), Duration.ofSeconds(2));

  /// The default time-out follows a shorter interval.
  static @Nullable Pace read(MapReader map) {
    Duration every = map.duration("every", DEFAULT.every);
    Duration timeout = map.duration("timeout", Durations.shorter(DEFAULT.timeout, every));
    if (every == null || timeout == null) {
      return null;
    }
    if (timeout.compareTo(every) > 0) {
      map.wrong(
          "timeout",
          "`timeout` %s is longer than `every` %s; write at most %s"
              .formatted(Durations.print(timeout), Durations.print(every), Durations.print(every)));
    }
    return new Pace(every, timeout);
  }
}
