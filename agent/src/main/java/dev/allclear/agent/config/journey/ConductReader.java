package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Cel;
import dev.allclear.probes.journey.Conduct;
import dev.allclear.probes.journey.Until;
import dev.allclear.probes.journey.Way;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads how a step is taken.
final class ConductReader {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_AT_ONCE = 100;
  private static final List<String> REPETITIONS = List.of("until", "burst", "consistent-across");

  private final Variables variables;
  private final UntilReader untilReader;
  private final WayReader wayReader;

  ConductReader(Variables variables, ExpectReader expectReader, WayReader wayReader) {
    this.variables = variables;
    untilReader = new UntilReader(expectReader);
    this.wayReader = wayReader;
  }

  @Nullable Conduct read(MapReader map, Allowance allowance) {
    Duration timeout =
        map.duration("timeout", Durations.shorter(DEFAULT_TIMEOUT, allowance.length()));
    allowance.check(map, "timeout", timeout);
    Cel when = map.get("when", this::when);
    Until until = map.get("until", value -> untilReader.read(value, allowance));
    Integer burst = map.get("burst", 1, ConductReader::burst);
    Way way = wayReader.read(map);
    checkRepetition(map);
    return timeout == null || burst == null
        ? null
        : Conduct.within(timeout).when(when).until(until).atOnce(burst).going(way);
  }

  private @Nullable Cel when(Value value) {
    Cel when = value.parsed("a condition, as 'vars.tier == \"gold\"'", Cel::ofVariables);
    if (when != null) {
      variables.use(when.variables(), value);
    }
    return when;
  }

  private static @Nullable Integer burst(Value value) {
    Integer count = value.count();
    if (count == null || (2 <= count && count <= MOST_AT_ONCE)) {
      return count;
    }
    value.wrong("a burst is from 2 to %d at once; write such a number".formatted(MOST_AT_ONCE));
    return null;
  }

  private static void checkRepetition(MapReader map) {
    List<Value> written = map.allOf(REPETITIONS);
    if (written.size() > 1) {
      written
          .get(1)
          .wrongKey(
              "a step is repeated in one way; write only one of: "
                  + String.join(", ", REPETITIONS));
    }
    if (map.has("burst") && map.has("capture")) {
      map.wrong("burst", "the answers to a burst may differ; capture in a step of its own");
    }
    if (map.has("consistent-across") && !map.has("capture") && !map.isMisspelt("capture")) {
      map.wrong(
          "consistent-across",
          "it compares what is captured; write `capture`, as {balance: {json: $.balance}}");
    }
  }
}
