package dev.allclear.agent.config;

import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads an objective: a duration, or a map around it.
final class RtoReader {
  private static final List<String> STARTS =
      Arrays.stream(Rto.From.values()).map(Rto.From::label).toList();

  private RtoReader() {}

  static @Nullable Rto require(MapReader map) {
    return map.require("rto", "the time a recovery may take, as `rto: 2m`", RtoReader::read);
  }

  private static @Nullable Rto read(Value value) {
    if (value.isMap()) {
      return value.map("", RtoReader::read);
    }
    Duration target = value.duration();
    return target == null ? null : new Rto(target, Rto.From.ONSET);
  }

  private static @Nullable Rto read(MapReader map) {
    Duration target =
        map.require("target", "the time a recovery may take, as `target: 2m`", Value::duration);
    String from = map.get("from", STARTS.getFirst(), value -> value.choice(STARTS));
    Duration remediation = map.get("remediation", Value::duration);
    return target == null || from == null
        ? null
        : new Rto(target, Rto.From.valueOf(from.toUpperCase(Locale.ROOT)), remediation);
  }
}
