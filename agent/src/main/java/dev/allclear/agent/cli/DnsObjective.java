package dev.allclear.agent.cli;

import dev.allclear.probes.Figures;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Survey;
import dev.allclear.probes.readiness.Budget;
import dev.allclear.probes.readiness.Delay;
import dev.allclear.probes.readiness.Demand;
import dev.allclear.probes.readiness.Readiness;
import dev.allclear.probes.readiness.TtlHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a recovery time objective leaves DNS the time that its TTLs take, from one look: caches
/// filled before a TTL was lowered are seen only where they were asked. Detection, decision and
/// connecting are not counted.
record DnsObjective(Delay limit, Duration worst, Budget.Verdict verdict, Duration rto) {

  /// Null if no server shows a record whose TTL could be judged.
  static @Nullable DnsObjective of(Survey survey, Duration rto, Moment now) {
    Map<String, Duration> known = links(survey, true);
    Map<String, Duration> published = known.isEmpty() ? links(survey, false) : known;
    if (published.isEmpty()) {
      return null;
    }
    List<TtlHistory> histories = new ArrayList<>();
    published.forEach(
        (link, ttl) -> histories.add(TtlHistory.of(link, (int) ttl.toSeconds(), now)));
    Readiness readiness = new Readiness(histories, null, null, shown(survey), Duration.ZERO);
    Delay limit = readiness.limit(now);
    Budget budget = new Budget(rto, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    Budget.Verdict verdict = budget.judge(limit, List.of(new Demand("", limit.length(), null, 0)));
    return new DnsObjective(limit, readiness.worst(now), verdict, rto);
  }

  /// The longest TTL of each link that authorities, or else anybody, give.
  private static Map<String, Duration> links(Survey survey, boolean authorities) {
    Map<String, Duration> links = new LinkedHashMap<>();
    for (Reply.Dns dns : answers(survey)) {
      if (dns.authority() || !authorities) {
        for (Heard.Line line : dns.heard().lines()) {
          links.merge(line.owner() + " " + line.type(), line.ttl(), DnsObjective::longer);
        }
      }
    }
    return links;
  }

  /// What resolvers show counts where it is longer than what is published.
  private static Map<String, Integer> shown(Survey survey) {
    Map<String, Integer> shown = new HashMap<>();
    for (Reply.Dns dns : answers(survey)) {
      if (!dns.authority()) {
        dns.heard().lines().stream()
            .map(Heard.Line::ttl)
            .reduce(DnsObjective::longer)
            .ifPresent(ttl ->
                shown.merge("the entry at " + dns.server(), (int) ttl.toSeconds(), Math::max));
      }
    }
    return shown;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static List<Reply.Dns> answers(Survey survey) {
    return survey.steps().stream()
        .map(StepRun::reply)
        .filter(Reply.Dns.class::isInstance)
        .map(Reply.Dns.class::cast)
        .toList();
  }

  boolean isFeasible() {
    return verdict instanceof Budget.Verdict.Feasible;
  }

  String word() {
    return switch (verdict) {
      case Budget.Verdict.Feasible _ -> "feasible";
      case Budget.Verdict.FeasibleFor _ -> "feasible for some";
      case Budget.Verdict.Infeasible _ -> "infeasible";
    };
  }

  /// The worst case, then what it means for the objective.
  List<String> sentences() {
    String first =
        "worst case: %s after the authorities change no cache that obeys holds the old answer; %s"
                .formatted(Figures.written(worst), limit.name())
            + " decides ("
            + Figures.written(limit.length())
            + ")";
    return List.of(first, judged());
  }

  private String judged() {
    String goal = "an RTO of " + Figures.written(rto);
    return switch (verdict) {
      case Budget.Verdict.Feasible(Duration spare, Delay _) ->
          "feasible: %s leaves %s for detection, decision and connecting"
              .formatted(goal, Figures.length(spare));
      case Budget.Verdict.FeasibleFor(double share, Duration missing, Delay _, int ttl) ->
          String.format(
              Locale.ROOT,
              "feasible for %.0f %%: %s is missed by up to %s; %s",
              Math.floor(share * 100),
              goal,
              Figures.length(missing),
              remedy(ttl));
      case Budget.Verdict.Infeasible(Duration missing, Delay _, int ttl) ->
          "infeasible: %s is missed by %s; %s"
              .formatted(goal, Figures.length(missing), remedy(ttl));
    };
  }

  private static String remedy(int ttl) {
    return ttl > 0 ? "a TTL of " + ttl + "s or less would do" : "no TTL would do";
  }
}
