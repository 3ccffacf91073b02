package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Agreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What each nameserver answers, as a table, and below it whether they agree.
final class DnsTable {
  private static final String ROW = "  %-24s %-10s %-9s %7s %9s  %s";

  private final Console console;

  DnsTable(Console console) {
    this.console = console;
  }

  List<String> lines(Observation observation) {
    List<String> lines = new ArrayList<>();
    lines.add(console.in(Tone.STRONG, observation.probe()));
    lines.add(
        console.in(
            Tone.FAINT,
            String.format(
                Locale.ROOT, ROW, "server", "role", "rcode", "ttl", "latency", "answer")));
    observation.steps().forEach(step -> lines.add(row(step)));
    lines.add(conclusion(observation));
    return lines;
  }

  private static String row(StepRun step) {
    return switch (step.reply()) {
      case Reply.Dns dns ->
          String.format(
              Locale.ROOT,
              ROW,
              step.name(),
              dns.authority() ? "authority" : "resolver",
              dns.rcode(),
              dns.records().isEmpty() ? "-" : dns.ttl().toSeconds() + "s",
              Figures.length(dns.latency()),
              dns.records().isEmpty() ? "(no record)" : String.join(" ", dns.records()));
      case Reply.Nothing _, Reply.Http _ ->
          String.format(Locale.ROOT, ROW, step.name(), "", "-", "-", "-", why(step.outcome()));
    };
  }

  private static String why(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> "";
      case Outcome.Slow(String detail) -> detail;
      case Outcome.Failed(Cause _, String detail) -> detail;
      case Outcome.Inconclusive(String reason) -> reason;
    };
  }

  private String conclusion(Observation observation) {
    return switch (observation.outcome()) {
      case Outcome.Passed _, Outcome.Slow _ ->
          console.in(Tone.GOOD, "agreed") + ": " + agreed(observation.steps().size());
      case Outcome.Failed(Cause _, String detail) ->
          console.in(
                  Tone.BAD,
                  Agreement.of(observation.steps()).complete() ? "not as expected" : "no agreement")
              + ": "
              + detail;
      case Outcome.Inconclusive(String reason) ->
          console.in(Tone.DOUBTFUL, "inconclusive") + ": " + reason;
    };
  }

  private static String agreed(int servers) {
    return servers == 1 ? "only one was asked" : "all " + servers + " say the same";
  }
}
