package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.journey.Until;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a step waits for.
final class UntilReader {
  private static final Duration DEFAULT_EVERY = Duration.ofMillis(500);
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

  private final ExpectReader expectReader;

  UntilReader(ExpectReader expectReader) {
    this.expectReader = expectReader;
  }

  @Nullable Until read(Value value, Allowance allowance) {
    return value.map(
        "a map, as {json: {$.state: booked}, limit: 10s}", map -> until(value, map, allowance));
  }

  private @Nullable Until until(Value value, MapReader map, Allowance allowance) {
    Duration every = map.duration("every", DEFAULT_EVERY);
    Duration limit = map.duration("limit", Durations.shorter(DEFAULT_LIMIT, allowance.length()));
    allowance.check(map, "limit", limit);
    List<Expectation> expectations = expectReader.expectations(map);
    if (map.isEmptyBut("every", "limit")) {
      value.wrongKey("`until` waits for nothing; write what must hold, as {json: {$.state: done}}");
    }
    return every == null || limit == null || expectations.isEmpty()
        ? null
        : new Until(expectations, every, limit);
  }
}
