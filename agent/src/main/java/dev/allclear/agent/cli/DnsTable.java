package dev.allclear.agent.cli;

import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Delegation;
import dev.allclear.probes.dns.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/// What each nameserver answers, as one table for each question, and below them whether all agree,
/// and why not.
final class DnsTable {
  private static final int NARROWEST = 16;
  private static final int WIDEST = 48;

  private final Console console;

  DnsTable(Console console) {
    this.console = console;
  }

  List<String> lines(Survey survey) {
    List<String> lines = new ArrayList<>();
    String row = row(survey);
    for (Survey.Answers answers : survey.answers()) {
      lines.add(console.in(Tone.STRONG, answers.question().toString()));
      lines.add(console.in(Tone.FAINT, head(row)));
      answers.steps().forEach(step -> lines.add(line(row, step)));
    }
    if (survey.delegation() != null) {
      lines.add(delegation(survey.delegation()));
    }
    String conclusion = conclusion(survey);
    lines.add(conclusion);
    survey.findings().stream()
        .filter(finding -> !conclusion.endsWith(finding))
        .forEach(finding -> lines.addAll(bullet(finding)));
    return lines;
  }

  /// As wide as the longest server's name, within reason.
  private static String row(Survey survey) {
    int longest = survey.steps().stream().mapToInt(step -> step.name().length()).max().orElse(0);
    int width = Math.clamp(longest, NARROWEST, WIDEST);
    return "  %-" + width + "s  %-9s  %-16s %7s %9s  %-9s  %s";
  }

  private static String head(String row) {
    return String.format(
        Locale.ROOT, row, "server", "role", "rcode", "ttl", "latency", "transport", "answer");
  }

  private static String line(String row, StepRun step) {
    return switch (step.reply()) {
      case Reply.Dns dns ->
          String.format(
              Locale.ROOT,
              row,
              step.name(),
              dns.authority() ? "authority" : "resolver",
              rcode(dns),
              dns.records().isEmpty() ? "-" : dns.ttl().toSeconds() + "s",
              Figures.length(dns.latency()),
              transport(dns.heard().carriage()),
              answer(dns));
      case Reply.Nothing _, Reply.Http _ ->
          String.format(Locale.ROOT, row, step.name(), "", "-", "-", "-", "-", why(step.outcome()));
    };
  }

  /// With the flags that tell something: who answers, and whether it is proved.
  static String rcode(Reply.Dns dns) {
    String flags =
        dns.heard().flags().stream()
            .filter(flag -> flag.equals("aa") || flag.equals("ad") || flag.equals("cd"))
            .collect(Collectors.joining(" "));
    return (dns.rcode() + " " + flags).strip();
  }

  private static String transport(Heard.Carriage carriage) {
    String over = carriage.truncated() ? "udp>tcp" : carriage.over();
    return over.isEmpty() ? "-" : carriage.plain() ? over + " -edns" : over;
  }

  /// The chain in its order, each link with its own TTL.
  static String answer(Reply.Dns dns) {
    String nsid = dns.heard().nsid().isEmpty() ? "" : "  [" + dns.heard().nsid() + "]";
    if (dns.records().isEmpty()) {
      return "(no record)" + nsid;
    }
    boolean chain = !dns.heard().links().isEmpty();
    return (chain
            ? dns.heard().lines().stream().map(DnsTable::link).collect(Collectors.joining(" "))
            : String.join(" ", dns.records()))
        + nsid;
  }

  private static String link(Heard.Line line) {
    String data = line.isLink() ? "CNAME " + line.data() : line.data();
    return data + " (" + line.ttl().toSeconds() + "s)";
  }

  static String why(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> "";
      case Outcome.Slow(String detail) -> detail;
      case Outcome.Failed(Cause _, String detail) -> detail;
      case Outcome.Inconclusive(String reason) -> reason;
    };
  }

  private String delegation(Delegation found) {
    String by = found.by().isEmpty() ? "" : ", which " + found.by() + " delegates";
    return console.in(Tone.FAINT, "zone")
        + ": %s%s; a move to other nameservers may take %s"
            .formatted(found.zone(), by, Figures.length(found.move()));
  }

  private String conclusion(Survey survey) {
    return switch (survey.outcome()) {
      case Outcome.Passed _, Outcome.Slow _ ->
          survey.agreed()
              ? console.in(Tone.GOOD, "agreed") + ": " + agreed(survey)
              : console.in(Tone.GOOD, "as expected") + ": answers differ, and all are right";
      case Outcome.Failed(Cause _, String _) when isDenied(survey) ->
          console.in(Tone.BAD, "no such name") + ": every server says so";
      case Outcome.Failed(Cause _, String detail) ->
          survey.agreed()
              ? console.in(Tone.BAD, "not as expected") + ": " + detail
              : console.in(Tone.BAD, "no agreement") + said(survey, detail);
      case Outcome.Inconclusive(String reason) ->
          console.in(Tone.DOUBTFUL, "inconclusive") + ": " + reason;
    };
  }

  private static boolean isDenied(Survey survey) {
    return survey.steps().stream()
        .allMatch(step -> step.reply() instanceof Reply.Dns dns && dns.rcode().equals("NXDOMAIN"));
  }

  /// The findings below say why, unless there are none.
  private static String said(Survey survey, String detail) {
    return survey.findings().isEmpty() || detail.contains("; expected ") ? ": " + detail : "";
  }

  private static String agreed(Survey survey) {
    long servers =
        survey.steps().stream().map(StepRun::name).filter(Objects::nonNull).distinct().count();
    return servers == 1 ? "only one was asked" : "all " + servers + " say the same";
  }

  static List<String> bullet(String finding) {
    List<String> wrapped = Wrapped.lines(finding, 4);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < wrapped.size(); i++) {
      lines.add((i == 0 ? "  - " : "    ") + wrapped.get(i));
    }
    return lines;
  }
}
