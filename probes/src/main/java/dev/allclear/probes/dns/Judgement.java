package dev.allclear.probes.dns;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What the answers to one question amount to, with the steps that are to blame marked as failed.
record Judgement(List<StepRun> steps, Outcome outcome) {

  static Judgement of(Question question, Expected expected, List<StepRun> steps) {
    for (StepRun step : steps) {
      if (step.outcome().isFail()) {
        return new Judgement(steps, step.outcome());
      }
    }
    for (StepRun step : steps) {
      if (!step.outcome().isPass()) {
        return new Judgement(steps, step.outcome());
      }
    }
    return compare(question, expected, steps);
  }

  private static Judgement compare(Question question, Expected expected, List<StepRun> steps) {
    Agreement agreement = Agreement.of(steps);
    Agreement.Group reference = agreement.groups().getFirst();
    if (!agreement.groups().stream().allMatch(group -> expected.accepts(group.records()))) {
      return blame(steps, records -> !expected.accepts(records), unexpected(expected, agreement));
    }
    if (expected.allowsDifference()) {
      return new Judgement(steps, Outcome.pass());
    }
    if (!agreement.complete()) {
      return reference.authority()
          ? blame(steps, records -> !records.equals(reference.records()), stale(agreement))
          : new Judgement(steps, Outcome.fail(Cause.ASSERTION, differing(agreement)));
    }
    if (reference.records().isEmpty()) {
      String none = "no %s record for %s".formatted(question.type(), question.name());
      return blame(steps, List::isEmpty, none);
    }
    return new Judgement(steps, Outcome.pass());
  }

  private static Judgement blame(
      List<StepRun> steps, Predicate<List<String>> wrong, String detail) {
    Outcome failed = Outcome.fail(Cause.ASSERTION, detail);
    List<StepRun> marked = new ArrayList<>();
    for (StepRun step : steps) {
      marked.add(
          step.reply() instanceof Reply.Dns answer && wrong.test(answer.records())
              ? new StepRun(step.name(), step.begin(), step.end(), failed, answer)
              : step);
    }
    return new Judgement(marked, failed);
  }

  private static String unexpected(Expected expected, Agreement agreement) {
    return agreement.groups().stream()
            .filter(group -> !expected.accepts(group.records()))
            .map(group -> says(group, ""))
            .collect(Collectors.joining("; "))
        + "; expected "
        + Words.records(expected.records());
  }

  private static String stale(Agreement agreement) {
    Agreement.Group reference = agreement.groups().getFirst();
    return agreement.groups().stream()
            .skip(1)
            .map(group -> says(group, group.authority() ? "" : "still "))
            .collect(Collectors.joining("; "))
        + "; "
        + says(reference.servers(), "", reference.records());
  }

  private static String differing(Agreement agreement) {
    return agreement.groups().stream()
        .map(group -> says(group, ""))
        .collect(Collectors.joining("; "));
  }

  private static String says(Agreement.Group group, String still) {
    String ttl = group.records().isEmpty() ? "" : " (ttl " + Figures.written(group.ttl()) + ")";
    return says(group.servers(), still, group.records()) + ttl;
  }

  private static String says(List<String> servers, String still, List<String> records) {
    return "%s %s%s %s"
        .formatted(
            Words.all(servers),
            still,
            servers.size() == 1 ? "says" : "say",
            Words.records(records));
  }
}
