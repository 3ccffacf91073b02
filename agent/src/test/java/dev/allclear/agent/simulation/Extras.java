package dev.allclear.agent.simulation;

import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Maintenance;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Policy.Degradation;
import dev.allclear.agent.outage.Policy.Flap;
import dev.allclear.agent.outage.Rto;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a policy may have beyond its numbers, in words of the line that a history is written in.
final class Extras {
  private Extras() {}

  static Level level(int rank) {
    return rank == Integer.MAX_VALUE ? Level.DOWN : new Level("l" + rank, rank);
  }

  static Maintenance window(long from, long to) {
    return new Maintenance(
        List.of(
            new Maintenance.Once(
                SimulatedTime.EPOCH.plusMillis(from), SimulatedTime.EPOCH.plusMillis(to))));
  }

  static void write(Policy policy, StringBuilder line) {
    Degradation degradation = policy.degradation();
    word(
        line,
        "level",
        degradation.probes().entrySet().stream()
            .map(each -> each.getKey() + "/" + each.getValue().rank()));
    word(
        line,
        "objective",
        degradation.objectives().entrySet().stream()
            .map(each -> each.getKey().rank() + "/" + each.getValue().target().toMillis()));
    Level slow = degradation.slow();
    word(line, "slow", slow == null ? Stream.of() : Stream.of(Integer.toString(slow.rank())));
    Flap flap = policy.flap();
    word(
        line,
        "flap",
        flap == null ? Stream.of() : Stream.of(flap.blips() + "/" + flap.window().toMillis()));
    word(
        line,
        "window",
        policy.maintenance().windows().stream()
            .map(Maintenance.Once.class::cast)
            .map(each -> millis(each.from()) + "/" + millis(each.to())));
  }

  private static long millis(Instant at) {
    return Duration.between(SimulatedTime.EPOCH, at).toMillis();
  }

  private static void word(StringBuilder line, String key, Stream<String> values) {
    String text = values.sorted().collect(Collectors.joining(","));
    if (!text.isEmpty()) {
      line.append(' ').append(key).append('=').append(text);
    }
  }

  static Policy read(Policy plain, Map<String, String> keys) {
    Map<String, Level> levels = new TreeMap<>();
    pairs(keys, "level").forEach(each -> levels.put(each[0], level(Integer.parseInt(each[1]))));
    Map<Level, Rto> objectives = new TreeMap<>();
    pairs(keys, "objective")
        .forEach(each ->
            objectives.put(
                level(Integer.parseInt(each[0])), new Rto(duration(each[1]), plain.rto().from())));
    Level slow =
        pairs(keys, "slow").map(each -> level(Integer.parseInt(each[0]))).findFirst().orElse(null);
    Flap flap =
        pairs(keys, "flap")
            .map(each -> new Flap(Integer.parseInt(each[0]), duration(each[1])))
            .findFirst()
            .orElse(null);
    Maintenance maintenance =
        pairs(keys, "window")
            .map(each -> window(Long.parseLong(each[0]), Long.parseLong(each[1])))
            .findFirst()
            .orElse(Maintenance.NONE);
    return plain
        .degrading(new Degradation(levels, slow, objectives))
        .flapping(flap)
        .maintained(maintenance);
  }

  private static Stream<String[]> pairs(Map<String, String> keys, String key) {
    return Arrays.stream(keys.getOrDefault(key, "").split(",", -1))
        .filter(each -> !each.isEmpty())
        .map(each -> each.split("/", -1));
  }

  private static Duration duration(String millis) {
    return Duration.ofMillis(Long.parseLong(millis));
  }
}
