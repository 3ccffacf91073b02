package dev.allclear.agent.cli;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What there is to say of a step beside when it ran: how it was taken, what came back, where the
/// time went, and why it did not pass.
final class Details {
  private Details() {}

  /// Each fits into 80 columns behind the indent, as far as it can be broken. What it came to is
  /// left out if it is `said` elsewhere.
  static List<String> of(StepRun step, int indent, boolean said) {
    List<String> lines = new ArrayList<>(manner(step.manner()));
    lines.addAll(
        switch (step.reply()) {
          case Reply.Http http -> exchange(http, indent);
          case Reply.Dns dns -> answer(dns);
          case Reply.Nothing() -> List.of();
        });
    if (!said && !step.isSkipped()) {
      lines.addAll(why(step.outcome()));
    }
    return lines.stream().flatMap(line -> Wrapped.lines(line, indent).stream()).toList();
  }

  private static List<String> why(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> List.of();
      case Outcome.Slow(String detail) -> List.of(detail);
      case Outcome.Failed(Cause _, String detail) -> List.of(detail);
      case Outcome.Inconclusive(String reason) -> List.of(reason);
    };
  }

  private static List<String> manner(Manner manner) {
    return switch (manner) {
      case Manner.Once() -> List.of();
      case Manner.Skipped(String reason) -> List.of(reason);
      case Manner.Polled(int tries) -> List.of(tries == 1 ? "1 try" : tries + " tries");
      case Manner.Burst(int size, Duration fastest, Duration median, Duration slowest) ->
          List.of(
              "%d at once: %s to %s, median %s"
                  .formatted(
                      size,
                      Figures.length(fastest),
                      Figures.length(slowest),
                      Figures.length(median)));
      case Manner.Across(List<String> regions) -> List.of("in " + String.join(", ", regions));
    };
  }

  private static List<String> exchange(Reply.Http http, int indent) {
    List<String> lines = new ArrayList<>(List.of(http.request()));
    for (Reply.Hop hop : http.hops()) {
      lines.add(
          "-> " + hop.status() + " to " + hop.to() + " after " + Figures.length(hop.length()));
    }
    String answer = "-> " + (http.status() == 0 ? "no answer" : answer(http));
    String both = lines.getLast() + " " + answer;
    if (lines.size() == 1 && both.length() <= Wrapped.COLUMNS - indent) {
      lines.set(0, both);
    } else {
      lines.add(answer);
    }
    lines.add(phases(http.phases()));
    if (!http.labels().equals(Reply.Labels.NONE)) {
      lines.add(labels(http.labels()));
    }
    return lines;
  }

  private static String labels(Reply.Labels labels) {
    return labels.named().entrySet().stream()
        .map(label -> label.getKey() + " " + label.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String answer(Reply.Http http) {
    return http.status()
        + " "
        + http.protocol()
        + " from "
        + http.remote()
        + ", "
        + (http.bytes() < Reply.Http.MOST_BYTES ? "" : "at least ")
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

  private static List<String> answer(Reply.Dns dns) {
    Heard.Carriage carriage = dns.heard().carriage();
    String over = carriage.over().isEmpty() ? "" : " over " + carriage;
    String phases = phases(carriage.phases());
    String said = dns.rcode() + " " + records(dns) + over;
    return phases.isEmpty() ? List.of(said) : List.of(said, phases);
  }

  private static String records(Reply.Dns dns) {
    return dns.records().isEmpty()
        ? "(no record)"
        : String.join(" ", dns.records()) + " ttl " + dns.ttl().toSeconds() + "s";
  }
}
