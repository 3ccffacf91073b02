package dev.allclear.probes.journey;

import dev.allclear.probes.expect.Expectation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What a step waits for: it is asked `every` so often until all of it holds, for `limit` at most.
public record Until(List<Expectation> expectations, Duration every, Duration limit) {
  public Until {
    expectations = List.copyOf(expectations);
    if (expectations.isEmpty()) {
      throw new IllegalArgumentException("waits for nothing");
    }
    if (!every.isPositive() || !limit.isPositive()) {
      throw new IllegalArgumentException("every or limit <= 0");
    }
  }

  /// A status that is named on one side is not the usual success on the other.
  List<Expectation> awaited(List<Expectation> expected) {
    return withStatus(expectations, expected);
  }

  /// What the answer that ends the waiting is held against.
  List<Expectation> then(List<Expectation> expected) {
    return withStatus(expected, expectations);
  }

  private static List<Expectation> withStatus(List<Expectation> own, List<Expectation> others) {
    return own.stream().anyMatch(Expectation.Status.class::isInstance)
        ? own
        : Stream.concat(others.stream().filter(Expectation.Status.class::isInstance), own.stream())
            .toList();
  }
}
