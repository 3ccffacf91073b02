package dev.allclear.agent.cli;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.dns.Delegation;
import dev.allclear.probes.dns.Survey;
import dev.allclear.probes.readiness.Budget;
import dev.allclear.probes.readiness.Delay;
import dev.allclear.probes.readiness.Demand;
import dev.allclear.probes.readiness.Readiness;
import dev.allclear.probes.readiness.TtlHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a recovery time objective leaves DNS the time that its TTLs take, from one look: `worst`
/// as in force now, `published` once nothing older is left, which is `ready` then, null if it is
/// so. Caches filled before a TTL was lowered are seen only where they were asked, unless the goal
/// tells of it. Detection, decision and connecting are not counted.
record DnsObjective(
    DnsGoal goal,
    Delay limit,
    Duration worst,
    Duration published,
    @Nullable Moment ready,
    @Nullable Duration negative,
    Budget.Verdict verdict) {

  /// Null if no server shows anything that could be judged.
  ///
  /// @throws IllegalArgumentException if the goal is a move, and no parent was met on the way
  static @Nullable DnsObjective of(Survey survey, DnsGoal goal, Moment now) {
    Duration move = goal.move() ? move(survey.delegation()) : null;
    DnsLinks links = DnsLinks.of(survey);
    if (links.isEmpty()) {
      return null;
    }
    Readiness inForce = readiness(links, goal.before(), move, links.shown(), now);
    Readiness later = readiness(links, null, move, Map.of(), now);
    Delay limit = inForce.limit(now);
    Budget budget =
        new Budget(goal.rto(), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    return new DnsObjective(
        goal,
        limit,
        inForce.worst(now),
        later.worst(now),
        ready(inForce.ready(), links.ready(), now),
        links.negative(),
        budget.judge(limit, List.of(new Demand("", limit.length(), null, 0))));
  }

  private static Duration move(@Nullable Delegation found) {
    if (found == null || found.by().isEmpty()) {
      throw new IllegalArgumentException(
          "--move counts what the parent zone says, and none was met on the way; try --from-root");
    }
    return found.move();
  }

  private static Readiness readiness(
      DnsLinks links,
      @Nullable Duration before,
      @Nullable Duration move,
      Map<String, Integer> shown,
      Moment now) {
    List<TtlHistory> histories = new ArrayList<>();
    links.published().forEach((link, ttl) -> histories.add(history(link, ttl, before, now)));
    return new Readiness(histories, null, move, shown, Duration.ZERO);
  }

  /// A TTL from before counts until now: when it was lowered is not known.
  private static TtlHistory history(
      String link, Duration ttl, @Nullable Duration before, Moment now) {
    TtlHistory.Term present = new TtlHistory.Term((int) ttl.toSeconds(), Bounds.at(now));
    return before == null || before.compareTo(ttl) <= 0
        ? new TtlHistory(link, List.of(present))
        : new TtlHistory(
            link, List.of(new TtlHistory.Term((int) before.toSeconds(), Bounds.at(now)), present));
  }

  private static @Nullable Moment ready(Moment told, @Nullable Moment seen, Moment now) {
    Moment last = seen == null ? told : Moment.later(told, seen);
    return now.until(last).isPositive() ? last : null;
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

  /// By how much it is missed; null if it is met.
  @Nullable Duration missing() {
    return switch (verdict) {
      case Budget.Verdict.Feasible _ -> null;
      case Budget.Verdict.FeasibleFor some -> some.missing();
      case Budget.Verdict.Infeasible none -> none.missing();
    };
  }

  /// The worst case, then what it means for the objective.
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "worst case: %s after the authorities change no cache that obeys holds the old answer; %s"
                .formatted(Figures.written(worst), limit.name())
            + " decides ("
            + Figures.written(limit.length())
            + ")");
    if (ready != null) {
      sentences.add(
          "as published it would be %s, but older entries last longer; ready at %s%s"
              .formatted(
                  Figures.written(published),
                  Figures.clock(ready),
                  goal.before() == null
                      ? " or later, as far as the caches asked show (--ttl-before tells more)"
                      : ""));
    }
    sentences.add(judged());
    if (negative != null) {
      sentences.add(
          "a name that the failover creates may be denied for %s more, where it was asked for before"
              .formatted(Figures.written(negative)));
    }
    return sentences;
  }

  private String judged() {
    String goal = "an RTO of " + Figures.written(goal().rto());
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
