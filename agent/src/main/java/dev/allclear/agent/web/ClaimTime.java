package dev.allclear.agent.web;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When something happened, of which somebody else's clock tells.
final class ClaimTime {
  /// What clocks differ by that are set over the network, and more.
  static final Duration ERROR = Duration.ofSeconds(1);

  private static final Duration AHEAD = Duration.ofDays(1);
  private static final Duration OLDEST = Duration.ofDays(366);

  private ClaimTime() {}

  /// What already happened, happened before it was told.
  static Bounds of(Moment now, Instant at, Duration error) {
    Moment likely = now.minus(Duration.between(at, now.wall()));
    Moment latest = likely.plus(error);
    return new Bounds(
        likely.minus(error), likely, now.isBefore(likely) ? latest : Moment.earlier(latest, now));
  }

  /// Why nobody can mean it; null if somebody can.
  static @Nullable String strange(Moment now, Instant at) {
    if (at.isAfter(now.wall().plus(AHEAD))) {
      return "more than a day ahead";
    }
    return at.isBefore(now.wall().minus(OLDEST)) ? "more than a year ago" : null;
  }
}
