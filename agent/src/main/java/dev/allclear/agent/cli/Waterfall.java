package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One run as text: each step with a bar that shows when it ran and where its time went.
final class Waterfall {
  private static final int WIDTH = 32;

  private final Console console;

  Waterfall(Console console) {
    this.console = console;
  }

  List<String> lines(Observation observation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        console.in(Tone.STRONG, observation.probe())
            + " "
            + outcome(observation.outcome())
            + " in "
            + Figures.length(observation.length()));
    for (StepRun step : observation.steps()) {
      lines.add(step(observation, step));
      lines.addAll(detail(step));
    }
    if (observation.outcome() instanceof Outcome.Failed(Cause _, String text)
        && observation.failedStep().isEmpty()) {
      lines.add("  " + text);
    }
    if (!observation.cleanup().isEmpty()) {
      lines.add("  cleanup, which decides nothing:");
    }
    for (StepRun step : observation.cleanup()) {
      lines.add(step(observation, step));
      lines.addAll(detail(step));
    }
    return lines;
  }

  private String step(Observation observation, StepRun step) {
    return String.format(
        Locale.ROOT,
        "  %-22s |%s| %8s  %s",
        step.name(),
        bar(observation, step),
        Figures.length(step.length()),
        step.isSkipped()
            ? console.in(Tone.FAINT, "skipped")
            : outcome(step.outcome()) + manner(step));
  }

  private static String manner(StepRun step) {
    return switch (step.manner()) {
      case Manner.Once() -> "";
      case Manner.Skipped(String _) -> "";
      case Manner.Polled(int tries) -> tries == 1 ? ", 1 try" : ", " + tries + " tries";
      case Manner.Burst(int size, Duration fastest, Duration median, Duration slowest) ->
          ", %d at once: %s to %s, median %s"
              .formatted(
                  size, Figures.length(fastest), Figures.length(slowest), Figures.length(median));
      case Manner.Across(List<String> regions) -> ", in " + String.join(", ", regions);
    };
  }

  private static String bar(Observation observation, StepRun step) {
    int from = column(observation, observation.begin().until(step.begin()));
    int to = Math.max(from + 1, column(observation, observation.begin().until(step.end())));
    return " ".repeat(from) + "=".repeat(to - from) + " ".repeat(WIDTH + 1 - to);
  }

  private static int column(Observation observation, Duration offset) {
    long whole = Math.max(1, observation.begin().until(observation.told()).toNanos());
    return (int) (offset.toNanos() * WIDTH / whole);
  }

  private List<String> detail(StepRun step) {
    List<String> lines = new ArrayList<>();
    switch (step.reply()) {
      case Reply.Http http -> {
        lines.add(http.request() + (http.status() == 0 ? "" : "  " + answer(http)));
        lines.add(phases(http.phases()));
      }
      case Reply.Dns dns -> lines.add(dns.rcode() + " " + records(dns));
      case Reply.Nothing() -> {}
    }
    if (step.outcome() instanceof Outcome.Failed(Cause _, String text)) {
      lines.add(text);
    }
    if (step.manner() instanceof Manner.Skipped(String reason)) {
      lines.add(reason);
    }
    return lines.stream().map(line -> "      " + console.in(Tone.FAINT, line)).toList();
  }

  private static String records(Reply.Dns dns) {
    return dns.records().isEmpty()
        ? "(no record)"
        : String.join(" ", dns.records()) + " ttl " + dns.ttl().toSeconds() + "s";
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

  private static String phases(Phases phases) {
    return String.format(
        Locale.ROOT,
        "dns %s, connect %s, tls %s, send %s, wait %s, receive %s",
        Figures.length(phases.dns()),
        Figures.length(phases.connect()),
        Figures.length(phases.tls()),
        Figures.length(phases.send()),
        Figures.length(phases.waiting()),
        Figures.length(phases.receive()));
  }

  private String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> console.in(Tone.GOOD, "passed");
      case Outcome.Failed _ -> console.in(Tone.BAD, "failed");
      case Outcome.Inconclusive(String reason) ->
          console.in(Tone.DOUBTFUL, "inconclusive: " + reason);
    };
  }
}
