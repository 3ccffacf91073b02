package dev.allclear.probes.journey;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a user does: ordered steps, all within the deadline. The first step that does not pass ends
/// the run. Then the steps of `cleanup` undo what was done; `reserve` of the deadline is kept for
/// them. `everyAddress` is true if each address of the first step's host is to be walked against.
public record Journey(
    String name,
    Duration deadline,
    List<Step> steps,
    List<Step> cleanup,
    Duration reserve,
    boolean everyAddress,
    @Nullable Duration within) {
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
    return new Journey(name, deadline, steps, List.of(), Duration.ZERO, false, null);
  }

  public Journey cleanedUpBy(List<Step> afterwards, Duration kept) {
    return new Journey(name, deadline, steps, afterwards, kept, everyAddress, within);
  }

  public Journey againstEveryAddress() {
    return new Journey(name, deadline, steps, cleanup, reserve, true, within);
  }

  /// A pass that takes longer than the objective is slow.
  public Journey within(@Nullable Duration objective) {
    return new Journey(name, deadline, steps, cleanup, reserve, everyAddress, objective);
  }

  /// With each step, those of the cleanup too, changed.
  Journey map(UnaryOperator<Step> change) {
    return new Journey(
        name,
        deadline,
        steps.stream().map(change).toList(),
        cleanup.stream().map(change).toList(),
        reserve,
        everyAddress,
        within);
  }

  /// Those of the cleanup too.
  public Stream<Step> allSteps() {
    return Stream.concat(steps.stream(), cleanup.stream());
  }
}
