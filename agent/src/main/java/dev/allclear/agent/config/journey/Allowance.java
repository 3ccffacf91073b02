package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.MapReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long a step of a journey may take at most, and what says so. The length is null if what is
/// written there is wrong.
record Allowance(@Nullable Duration length, String origin, String remedy) {

  /// All of the deadline, but for the reserve.
  static Allowance ofSteps(@Nullable Duration deadline, @Nullable Duration reserve) {
    if (deadline == null || reserve == null || reserve.isZero()) {
      return new Allowance(deadline, "the journey's deadline of", "a longer `deadline`");
    }
    return new Allowance(
        deadline.minus(reserve),
        "what the journey's deadline leaves beside its reserve,",
        "a longer `deadline`");
  }

  static Allowance ofCleanup(@Nullable Duration reserve) {
    return new Allowance(reserve, "the reserve for cleanup,", "a longer `reserve`");
  }

  void check(MapReader map, String key, @Nullable Duration written) {
    if (written != null && length != null && written.compareTo(length) > 0) {
      map.wrong(
          key,
          "`%s` %s is longer than %s %s; write less, or %s"
              .formatted(key, Durations.print(written), origin, Durations.print(length), remedy));
    }
  }
}
