package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One run as text: each step with a bar that shows when it ran and where its time went, and in the
/// end why it failed.
final class Waterfall {
  private static final int NAME = 20;
  private static final int INDENT = 6;

  private final Console console;
  private final boolean bodies;

  /// With `bodies`, also what each step sent and received.
  Waterfall(Console console, boolean bodies) {
    this.console = console;
    this.bodies = bodies;
  }

  List<String> lines(Observation observation) {
    Bar bar = new Bar(observation.begin(), observation.begin().until(observation.told()));
    List<String> lines = new ArrayList<>();
    lines.add(head(observation));
    observation.steps().forEach(step -> lines.addAll(step(step, bar, observation)));
    if (!observation.cleanup().isEmpty()) {
      lines.add("  cleanup, which decides nothing:");
      observation.cleanup().forEach(step -> lines.addAll(step(step, bar, observation)));
    }
    lines.addAll(legend(observation));
    traces(observation).forEach(trace -> lines.add(console.in(Tone.FAINT, "trace " + trace)));
    lines.addAll(reason(observation));
    return lines;
  }

  private String head(Observation observation) {
    return console.in(Tone.STRONG, observation.probe())
        + " "
        + outcome(observation.outcome())
        + " in "
        + Figures.length(observation.length());
  }

  private List<String> step(StepRun step, Bar bar, Observation observation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "  %s |%s| %8s  %s",
            named(step.name()),
            step.isSkipped() ? " ".repeat(Bar.WIDTH) : bar.of(step, console),
            step.isSkipped() ? "" : Figures.length(step.length()),
            step.isSkipped() ? console.in(Tone.FAINT, "skipped") : outcome(step.outcome())));
    String indent = " ".repeat(INDENT);
    boolean said = step.outcome().equals(observation.outcome());
    Details.of(step, INDENT, said)
        .forEach(line -> lines.add(indent + console.in(Tone.FAINT, line)));
    if (bodies && step.evidence() != null) {
      lines.addAll(new Dump(console, indent).lines(step.evidence()));
    }
    return lines;
  }

  private static String named(String name) {
    String shown = name.length() > NAME ? name.substring(0, NAME - 1) + "…" : name;
    return shown + " ".repeat(NAME - shown.length());
  }

  /// What the letters in the bars stand for.
  private List<String> legend(Observation observation) {
    Set<String> phases = new LinkedHashSet<>(Phases.NONE.named().keySet());
    phases.retainAll(
        Stream.concat(observation.steps().stream(), observation.cleanup().stream())
            .flatMap(Waterfall::phases)
            .collect(Collectors.toSet()));
    return phases.isEmpty()
        ? List.of()
        : List.of(
            " ".repeat(NAME + 4)
                + phases.stream()
                    .map(phase -> console.in(Bar.tone(phase), Bar.mark(phase)) + " " + phase)
                    .collect(Collectors.joining("  ")));
  }

  private static Stream<String> phases(StepRun step) {
    return step.reply() instanceof Reply.Http http
        ? http.phases().named().entrySet().stream()
            .filter(phase -> !phase.getValue().isZero())
            .map(Map.Entry::getKey)
        : Stream.empty();
  }

  /// By which the service's own tracing knows this run.
  private static Stream<String> traces(Observation observation) {
    return observation.steps().stream()
        .flatMap(step ->
            step.reply() instanceof Reply.Http http ? Stream.of(http.trace()) : Stream.empty())
        .filter(trace -> !trace.isEmpty())
        .distinct();
  }

  private List<String> reason(Observation observation) {
    return new Advice(bodies)
        .on(observation).stream().flatMap(sentence -> Wrapped.lines(sentence, 0).stream()).toList();
  }

  private String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> console.in(Tone.GOOD, "passed");
      case Outcome.Slow(String _) -> console.in(Tone.DOUBTFUL, "slow");
      case Outcome.Failed _ -> console.in(Tone.BAD, "failed");
      case Outcome.Inconclusive _ -> console.in(Tone.DOUBTFUL, "inconclusive");
    };
  }
}
