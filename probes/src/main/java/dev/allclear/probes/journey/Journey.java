package dev.allclear.probes.journey;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What a user does: ordered steps, all within the deadline. The first step that does not pass ends
/// the run. Then the steps of `cleanup` undo what was done; `reserve` of the deadline is kept for
/// them.
public record Journey(
    String name, Duration deadline, List<Step> steps, List<Step> cleanup, Duration reserve) {
  public Journey {
    steps = List.copyOf(steps);
    cleanup = List.copyOf(cleanup);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a journey without steps");
    }
    if (reserve.isNegative() || reserve.compareTo(deadline) >= 0) {
      throw new IllegalArgumentException("not 0 <= reserve < deadline");
    }
  }

  public static Journey of(String name, Duration deadline, List<Step> steps) {
    return new Journey(name, deadline, steps, List.of(), Duration.ZERO);
  }

  public Journey cleanedUpBy(List<Step> afterwards, Duration kept) {
    return new Journey(name, deadline, steps, afterwards, kept);
  }

  /// Those of the cleanup too.
  public Stream<Step> allSteps() {
    return Stream.concat(steps.stream(), cleanup.stream());
  }
}
