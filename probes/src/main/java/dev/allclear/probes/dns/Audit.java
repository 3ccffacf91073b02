package dev.allclear.probes.dns;

import dev.allclear.probes.Heard;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DSRecord;

/// Looks at how a zone is signed: at its parent, its authorities, and the resolvers that validate.
/// These questions are none of users, and fill other entries of caches than theirs.
record Audit(Lookup lookup, List<Server> authorities, List<Server> resolvers) {

  /// Null if the zone is not signed, or no authority can say which it is.
  @Nullable Security of(Survey survey, @Nullable Duration rto) {
    List<Question> questions = survey.answers().stream().map(Survey.Answers::question).toList();
    String zone = zone(survey.delegation(), questions.getFirst());
    if (zone == null) {
      return null;
    }
    List<StepRun> keys = signed(new Question(zone, "DNSKEY"));
    List<DSRecord> ds = ds(survey.delegation(), zone);
    boolean isSigned = keys.stream().anyMatch(Audit::hasRecords) || (ds != null && !ds.isEmpty());
    if (!isSigned) {
      return null;
    }
    List<StepRun> steps = new ArrayList<>(keys);
    questions.forEach(question -> steps.addAll(signed(question)));
    // A zone has no DS of its own, so that this is denied, with proof (RFC 4035, 3.1.4.1).
    steps.addAll(signed(new Question(zone, "DS")));
    Moment now = steps.getLast().end();
    Trusting trusting = new Trusting(zone, ds, showings(zone, steps), now.wall(), rto);
    return told(trusting, questions.getFirst());
  }

  private Security told(Trusting trusting, Question question) {
    List<String> validating = new ArrayList<>();
    List<String> lax = new ArrayList<>();
    for (StepRun step : lookup.ask(question, resolvers, Asking.Wish.PROOF)) {
      if (step.reply() instanceof Reply.Dns dns && step.outcome().isPass()) {
        (dns.heard().has("ad") ? validating : lax).add(dns.server());
      }
    }
    return new Security(
        trusting.zone(),
        trusting.algorithms(),
        trusting.tags(),
        trusting.shown().stream()
            .map(Showing::denial)
            .filter(kind -> !kind.isEmpty())
            .findFirst()
            .orElse(""),
        trusting.left(),
        validating,
        lax,
        trusting.faults(),
        trusting.advice());
  }

  private List<StepRun> signed(Question question) {
    return lookup.ask(question, authorities, Asking.Wish.SIGNATURES);
  }

  private static boolean hasRecords(StepRun step) {
    return step.reply() instanceof Reply.Dns dns && !dns.records().isEmpty();
  }

  private static List<Showing> showings(String zone, List<StepRun> steps) {
    Map<String, List<Reply.Dns>> byServer = new LinkedHashMap<>();
    for (StepRun step : steps) {
      if (step.reply() instanceof Reply.Dns dns && dns.heard().has("aa")) {
        byServer.computeIfAbsent(dns.server(), _ -> new ArrayList<>()).add(dns);
      }
    }
    return byServer.entrySet().stream()
        .map(each -> new Showing(zone, each.getKey(), each.getValue()))
        .toList();
  }

  private @Nullable String zone(@Nullable Delegation found, Question question) {
    if (found != null) {
      return found.zone();
    }
    for (StepRun step : lookup.ask(new Question(question.name(), "SOA"), authorities)) {
      if (step.reply() instanceof Reply.Dns dns) {
        for (Heard.Line line : dns.heard().lines()) {
          if (line.type().equals("SOA") && Question.isName(line.owner())) {
            return line.owner();
          }
        }
        Heard.Negative denied = dns.heard().negative();
        if (denied != null && Question.isName(denied.zone())) {
          return denied.zone();
        }
      }
    }
    return null;
  }

  /// From the parent where it was met on the way, else through the first resolver that knows.
  private @Nullable List<DSRecord> ds(@Nullable Delegation found, String zone) {
    if (found != null && !found.by().isEmpty()) {
      return Proofs.of(found.ds(), DSRecord.class);
    }
    if (zone.equals(".")) {
      return null;
    }
    Question question = new Question(zone, "DS");
    return lookup.ask(question, resolvers, Asking.Wish.UNCHECKED).stream()
        .filter(step -> step.outcome().isPass() && step.reply() instanceof Reply.Dns)
        .map(step -> Proofs.of(((Reply.Dns) step.reply()).heard().lines(), DSRecord.class))
        .findFirst()
        .orElse(null);
  }
}
