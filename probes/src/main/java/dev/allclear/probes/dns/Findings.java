package dev.allclear.probes.dns;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a survey amounts to, in sentences: who is wrong, why, and until when at most.
record Findings(Survey survey) {
  private static final Pattern CLOSED = Pattern.compile("(?i)(refused|port unreachable)$");

  /// Each once.
  List<String> sentences() {
    Set<String> said = new LinkedHashSet<>();
    survey
        .answers()
        .forEach(answers -> {
          said.addAll(disagreement(answers));
          said.addAll(together(answers));
        });
    said.addAll(serials());
    said.addAll(family());
    if (survey.delegation() != null) {
      said.addAll(survey.delegation().mismatches());
    }
    said.addAll(survey.notes());
    return List.copyOf(said);
  }

  /// What is true of several servers is said once.
  private List<String> together(Survey.Answers answers) {
    Map<String, List<String>> byRest = new LinkedHashMap<>();
    for (StepRun step : answers.steps()) {
      switch (step.reply()) {
        case Reply.Dns dns ->
            new Remarks(answers, step, dns, survey)
                .sentences()
                .forEach(
                    rest -> byRest.computeIfAbsent(rest, _ -> new ArrayList<>()).add(dns.server()));
        case Reply.Nothing _, Reply.Http _ -> byRest.put(silence(step), List.of());
      }
    }
    byRest.remove("");
    return Words.sentences(byRest);
  }

  private String silence(StepRun step) {
    return switch (step.outcome()) {
      case Outcome.Passed() -> "";
      case Outcome.Slow(String detail) -> detail;
      case Outcome.Inconclusive(String reason) -> reason;
      case Outcome.Failed(Cause cause, String detail) ->
          switch (cause) {
            case TIMEOUT ->
                survey.alive().contains(step.name())
                    ? detail + ": it is there, but no forwarder or authority answers it"
                    : detail + ": a firewall drops what is sent there, or nothing is there";
            case CONNECT ->
                CLOSED.matcher(detail).find() ? detail + ": nothing listens there" : detail;
            default -> detail;
          };
    };
  }

  /// Between servers of one kind; a resolver that differs from the authorities gets its own
  /// sentence.
  private static List<String> disagreement(Survey.Answers answers) {
    List<Agreement.Group> groups = Agreement.of(answers.steps()).groups();
    List<Agreement.Group> known = groups.stream().filter(Agreement.Group::authority).toList();
    if (known.size() > 1) {
      return List.of(
          "the authorities disagree about "
              + answers.question()
              + ", and caches may take either: "
              + says(known, true));
    }
    return known.isEmpty() && groups.size() > 1
        ? List.of(
            "the resolvers disagree about "
                + answers.question()
                + ", and no authority was asked: "
                + says(groups, false))
        : List.of();
  }

  private static String says(List<Agreement.Group> groups, boolean authorities) {
    return groups.stream()
        .map(group -> {
          List<String> who =
              group.answers().stream()
                  .filter(answer -> !authorities || answer.authority())
                  .map(Reply.Dns::server)
                  .toList();
          return Words.all(who)
              + (who.size() == 1 ? " says " : " say ")
              + Words.records(group.records());
        })
        .collect(Collectors.joining("; "));
  }

  private List<String> serials() {
    Map<String, List<String>> bySerial = new TreeMap<>();
    for (StepRun step : survey.zones()) {
      if (step.reply() instanceof Reply.Dns dns) {
        serial(dns.heard())
            .forEach(
                each -> bySerial.computeIfAbsent(each, _ -> new ArrayList<>()).add(dns.server()));
      }
    }
    return bySerial.size() < 2
        ? List.of()
        : List.of(
            "the authorities serve different versions of the zone: "
                + bySerial.entrySet().stream()
                    .map(each -> "serial " + each.getKey() + " at " + Words.all(each.getValue()))
                    .collect(Collectors.joining(", ")));
  }

  private static Stream<String> serial(Heard heard) {
    return heard.negative() == null
        ? heard.lines().stream()
            .filter(line -> line.type().equals("SOA"))
            .map(line -> line.data().split(" ", -1)[2])
        : Stream.of(Long.toString(heard.negative().serial()));
  }

  /// A, AAAA and HTTPS of one name lead to one service, so that the slowest decides.
  private List<String> family() {
    Map<String, Duration> ttls = new TreeMap<>();
    for (Survey.Answers answers : survey.answers()) {
      answers.steps().stream()
          .filter(step -> step.reply() instanceof Reply.Dns dns && dns.authority())
          .map(step -> (Reply.Dns) step.reply())
          .filter(dns -> !dns.records().isEmpty())
          .map(Remarks::longest)
          .max(Comparator.naturalOrder())
          .ifPresent(ttl -> ttls.put(answers.question().type(), ttl));
    }
    return Set.copyOf(ttls.values()).size() < 2
        ? List.of()
        : List.of(
            "the TTLs of "
                + survey.answers().getFirst().question().name()
                + " differ, so that users move at different times: "
                + ttls.entrySet().stream()
                    .map(each -> each.getKey() + " " + Figures.written(each.getValue()))
                    .collect(Collectors.joining(", ")));
  }
}
