package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What many runs of one probe came to: how long they took, all in all and step by step, and how
/// often they failed, by cause. Keeps numbers only.
final class Tally {
  private static final String ALL = "all";

  /// What failed, without what differs from run to run.
  private record Failure(String step, Cause cause) {}

  /// What was said of the first failure of its kind, and the seed of its run, if it had one.
  private record First(String detail, @Nullable Long seed) {}

  private final List<Duration> lengths = new ArrayList<>();
  private final Map<String, List<Duration>> steps = new LinkedHashMap<>();
  private final Map<Failure, Integer> failures = new LinkedHashMap<>();
  private final Map<Failure, First> firsts = new LinkedHashMap<>();
  private int passed;
  private int slow;
  private int inconclusive;

  /// A run that proves nothing has no length worth knowing. `seed` is null if nothing was left to
  /// chance.
  void add(Observation observation, @Nullable Long seed) {
    switch (observation.outcome()) {
      case Outcome.Passed() -> passed++;
      case Outcome.Slow _ -> {
        passed++;
        slow++;
      }
      case Outcome.Failed(Cause cause, String detail) -> {
        Failure failure =
            new Failure(observation.failedStep().map(StepRun::name).orElse(""), cause);
        failures.merge(failure, 1, Integer::sum);
        firsts.putIfAbsent(failure, new First(detail, seed));
      }
      case Outcome.Inconclusive _ -> {
        inconclusive++;
        return;
      }
    }
    lengths.add(observation.length());
    observation.steps().stream()
        .filter(step -> !step.isSkipped())
        .forEach(
            step -> steps.computeIfAbsent(step.name(), _ -> new ArrayList<>()).add(step.length()));
  }

  int runs() {
    return passed + failed() + inconclusive;
  }

  int failed() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  int exitCode() {
    if (failed() > 0) {
      return ExitCode.BAD_VERDICT;
    }
    return inconclusive > 0 || passed == 0 ? ExitCode.INCONCLUSIVE : ExitCode.GOOD;
  }

  List<String> lines(String probe, Console console) {
    List<String> lines = new ArrayList<>();
    lines.add(
        console.in(Tone.STRONG, probe)
            + " %d runs: %d passed%s, %d failed, %d inconclusive"
                .formatted(
                    runs(),
                    passed,
                    slow == 0 ? "" : " (%d slowly)".formatted(slow),
                    failed(),
                    inconclusive));
    lines.add(row("", "p50", "p90", "p99", "max", "runs"));
    steps.forEach((step, spent) -> lines.add(row(step, new Percentiles(spent))));
    lines.add(row(ALL, new Percentiles(lengths)));
    failures.forEach((failure, count) ->
        lines.addAll(
            Wrapped.lines(
                "%d x %s%s (%s)%s"
                    .formatted(
                        count,
                        failure.step.isEmpty() ? "" : failure.step + ": ",
                        first(failure).detail,
                        failure.cause.label(),
                        first(failure).seed == null ? "" : "; --seed " + first(failure).seed),
                0)));
    return lines;
  }

  private static String row(String name, Percentiles of) {
    return row(
        name,
        Figures.length(of.at(50)),
        Figures.length(of.at(90)),
        Figures.length(of.at(99)),
        Figures.length(of.max()),
        String.valueOf(of.count()));
  }

  private static String row(String name, String... cells) {
    StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-28s", shortened(name)));
    for (String cell : cells) {
      row.append(String.format(Locale.ROOT, "%10s", cell));
    }
    return row.toString();
  }

  private static String shortened(String name) {
    return name.length() > 28 ? name.substring(0, 27) + "…" : name;
  }

  /// On one line.
  String json(String probe) {
    JsonObject lengthsOf = new JsonObject();
    steps.forEach((step, spent) -> lengthsOf.put(step, tree(new Percentiles(spent))));
    JsonObject summary =
        new JsonObject()
            .put("probe", probe)
            .put("runs", runs())
            .put("passed", passed)
            .put("slow", slow)
            .put("failed", failed())
            .put("inconclusive", inconclusive)
            .put("seconds", tree(new Percentiles(lengths)))
            .put("steps", lengthsOf)
            .put("failures", failures.keySet().stream().map(this::tree).toList());
    return Json.write(new JsonObject().put("summary", summary));
  }

  private First first(Failure failure) {
    return Objects.requireNonNull(firsts.get(failure));
  }

  private JsonObject tree(Failure failure) {
    JsonObject tree =
        new JsonObject()
            .put("step", failure.step)
            .put("cause", failure.cause.label())
            .put("count", failures.get(failure))
            .put("detail", first(failure).detail);
    return first(failure).seed == null ? tree : tree.put("seed", first(failure).seed);
  }

  private static JsonObject tree(Percentiles of) {
    return new JsonObject()
        .put("p50", of.at(50))
        .put("p90", of.at(90))
        .put("p99", of.at(99))
        .put("max", of.max());
  }
}
