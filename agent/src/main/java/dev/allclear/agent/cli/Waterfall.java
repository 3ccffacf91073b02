package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

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
    List<String> lines = new ArrayList<>();
    lines.add(head(observation));
    Bar bar = new Bar(observation.begin(), observation.length());
    for (StepRun step : observation.steps()) {
      lines.add(row(step, bar));
      lines.addAll(detail(step, observation));
    }
    lines.addAll(legend(observation));
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

  private String row(StepRun step, Bar bar) {
    return String.format(
        Locale.ROOT,
        "  %s |%s| %8s  %s",
        named(step.name()),
        bar.of(step, console),
        Figures.length(step.length()),
        outcome(step.outcome()));
  }

  private static String named(String name) {
    String shown = name.length() > NAME ? name.substring(0, NAME - 1) + "…" : name;
    return shown + " ".repeat(NAME - shown.length());
  }

  private List<String> detail(StepRun step, Observation observation) {
    List<String> lines = new ArrayList<>();
    switch (step.reply()) {
      case Reply.Http http -> lines.addAll(exchange(http));
      case Reply.Dns dns -> lines.add(dns.rcode() + " " + records(dns));
      case Reply.Nothing() -> {}
    }
    if (!step.outcome().equals(observation.outcome())) {
      lines.addAll(why(step.outcome()));
    }
    List<String> shown = new ArrayList<>();
    lines.stream()
        .flatMap(line -> new Wrapped(INDENT).lines(line).stream())
        .forEach(line -> shown.add(" ".repeat(INDENT) + console.in(Tone.FAINT, line.strip())));
    if (bodies && step.evidence() != null) {
      shown.addAll(new Dump(console, " ".repeat(INDENT)).lines(step.evidence()));
    }
    return shown;
  }

  private static List<String> exchange(Reply.Http http) {
    List<String> lines = new ArrayList<>();
    String answer = http.status() == 0 ? "no answer" : answer(http);
    String both = http.request() + " -> " + answer;
    if (both.length() <= Wrapped.COLUMNS - INDENT) {
      lines.add(both);
    } else {
      lines.add(http.request());
      lines.add("-> " + answer);
    }
    lines.add(phases(http.phases()));
    return lines;
  }

  private static String answer(Reply.Http http) {
    return http.status()
        + " "
        + http.protocol()
        + " from "
        + http.remote()
        + ", "
        + http.bytes()
        + " bytes";
  }

  /// Those that happened.
  private static String phases(Phases phases) {
    return phases.named().entrySet().stream()
        .filter(phase -> !phase.getValue().isZero())
        .map(phase -> phase.getKey() + " " + Figures.length(phase.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String records(Reply.Dns dns) {
    return dns.records().isEmpty()
        ? "(no record)"
        : String.join(" ", dns.records()) + " ttl " + dns.ttl().toSeconds() + "s";
  }

  /// The letters in the bars.
  private List<String> legend(Observation observation) {
    SequencedMap<String, Duration> spent = Phases.NONE.named();
    for (StepRun step : observation.steps()) {
      if (step.reply() instanceof Reply.Http http) {
        http.phases()
            .named()
            .forEach((phase, length) -> spent.merge(phase, length, Duration::plus));
      }
    }
    spent.values().removeIf(Duration::isZero);
    return spent.isEmpty()
        ? List.of()
        : List.of(
            " ".repeat(NAME + 4)
                + spent.keySet().stream()
                    .map(phase -> console.in(Bar.tone(phase), Bar.mark(phase)) + " " + phase)
                    .collect(Collectors.joining("  ")));
  }

  private List<String> reason(Observation observation) {
    List<String> lines = new ArrayList<>();
    new Advice(bodies)
        .on(observation)
        .ifPresent(sentence -> lines.addAll(new Wrapped(0).lines(sentence)));
    if (lines.isEmpty()) {
      why(observation.outcome()).forEach(text -> lines.addAll(new Wrapped(0).lines(text)));
    }
    return lines;
  }

  private static List<String> why(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> List.of();
      case Outcome.Failed(Cause _, String detail) -> List.of(detail);
      case Outcome.Inconclusive(String reason) -> List.of(reason);
    };
  }

  private String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> console.in(Tone.GOOD, "passed");
      case Outcome.Failed _ -> console.in(Tone.BAD, "failed");
      case Outcome.Inconclusive _ -> console.in(Tone.DOUBTFUL, "inconclusive");
    };
  }
}
