package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// When the test itself changed the world: at some instant between the two.
record Truth(Instant before, Instant after) {
  /// Printed times are cut to milliseconds.
  private static final Duration ROUNDING = Duration.ofMillis(1);

  static Truth of(Change change) throws IOException, InterruptedException {
    Instant before = Instant.now();
    change.make();
    return new Truth(before, Instant.now());
  }

  /// From the begin of the one to the end of the later one.
  Truth or(Truth later) {
    return new Truth(before, later.after.isAfter(after) ? later.after : after);
  }

  /// As a clock shows it that is so far ahead.
  Truth ahead(Duration by) {
    return new Truth(before.plus(by), after.plus(by));
  }

  /// Fails unless `{"earliest": …, "latest": …}` can contain the truth and is no wider than
  /// allowed.
  void assertWithin(JsonNode bounds, Duration width) {
    assertWithin(bounds);
    Duration actual = Duration.between(earliest(bounds), latest(bounds));
    assertTrue(actual.compareTo(width) <= 0, () -> bounds + " is wider than " + width);
  }

  void assertWithin(JsonNode bounds) {
    assertTrue(canBeIn(bounds), () -> bounds + " does not contain " + this);
  }

  boolean canBeIn(JsonNode bounds) {
    return !after.isBefore(earliest(bounds).minus(ROUNDING))
        && !before.isAfter(latest(bounds).plus(ROUNDING));
  }

  /// Whether the length from here to there can be within `{"min": …, "max": …}`, in seconds.
  boolean canTake(JsonNode span, Truth end) {
    Duration least = Duration.between(after, end.before).minus(ROUNDING);
    Duration most = Duration.between(before, end.after).plus(ROUNDING);
    return seconds(most) >= span.path("min").asDouble()
        && seconds(least) <= span.path("max").asDouble();
  }

  private static double seconds(Duration length) {
    return length.toNanos() / 1e9;
  }

  static Instant earliest(JsonNode bounds) {
    return Instant.parse(bounds.path("earliest").asString());
  }

  private static Instant latest(JsonNode bounds) {
    return Instant.parse(bounds.path("latest").asString());
  }

  /// What the test does to the world.
  interface Change {
    void make() throws IOException, InterruptedException;
  }
}
