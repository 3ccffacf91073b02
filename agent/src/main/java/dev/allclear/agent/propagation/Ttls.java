package dev.allclear.agent.propagation;

import dev.allclear.probes.Heard;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Reply;
import dev.allclear.probes.Span;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Verdict;
import dev.allclear.probes.readiness.Budget;
import dev.allclear.probes.readiness.Delay;
import dev.allclear.probes.readiness.Demand;
import dev.allclear.probes.readiness.Readiness;
import dev.allclear.probes.readiness.TtlHistory;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// With which TTLs the authorities published each link of one name, and what that leaves of an
/// objective.
public record Ttls(Map<String, TtlHistory> links) {

  /// Chains are shorter, but change.
  private static final int MOST_LINKS = 16;

  public Ttls {
    links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
  }

  /// What DNS makes of an objective as things stand: the worst case from T0 on, whether that leaves
  /// it feasible, and when the TTLs published now are all that counts. Detection, decision and
  /// connecting are not counted.
  public record Objective(Duration worst, Budget.Verdict verdict, Moment ready) {}

  /// With what the authorities give now; nothing new unless all of them do.
  public Ttls with(Standing standing, Moment now) {
    Map<String, Integer> published = published(standing);
    if (published == null) {
      return this;
    }
    Map<String, TtlHistory> next = new LinkedHashMap<>(links);
    published.forEach((link, ttl) -> {
      TtlHistory known = next.remove(link);
      next.put(link, known == null ? TtlHistory.of(link, ttl, now) : known.with(ttl, now));
    });
    while (next.size() > MOST_LINKS) {
      next.remove(next.keySet().iterator().next());
    }
    return new Ttls(next);
  }

  /// The longest TTL that any authority gives of each link; null until all have answered.
  private static @Nullable Map<String, Integer> published(Standing standing) {
    Map<String, Integer> longest = new LinkedHashMap<>();
    for (Server authority : standing.subject().authorities()) {
      StepRun step = standing.answers().get(authority.name());
      if (step == null || !(step.reply() instanceof Reply.Dns dns)) {
        return null;
      }
      for (Heard.Line line : dns.heard().lines()) {
        int ttl = (int) Math.min(line.ttl().toSeconds(), Integer.MAX_VALUE);
        longest.merge(line.owner() + " " + line.type(), ttl, Math::max);
      }
    }
    return longest;
  }

  /// What has changed since: each link with its TTL.
  public Map<String, Integer> since(Ttls before) {
    Map<String, Integer> changed = new LinkedHashMap<>();
    links.forEach((link, history) -> {
      TtlHistory known = before.links.get(link);
      if (known == null || known.published() != history.published()) {
        changed.put(link, history.published());
      }
    });
    return changed;
  }

  /// The longest TTL that is published; null while none is known.
  public @Nullable Integer longest() {
    return links.values().stream().map(TtlHistory::published).reduce(Math::max).orElse(null);
  }

  /// Null while no TTL is known.
  public @Nullable Objective objective(Standing standing, Duration rto, Moment now) {
    if (links.isEmpty()) {
      return null;
    }
    Spread spread = standing.spread();
    Map<String, Integer> floors = new HashMap<>();
    for (Endpoint endpoint : spread.endpoints()) {
      spread.verdicts(endpoint).stream()
          .filter(Verdict.Floor.class::isInstance)
          .forEach(floor -> floors.put(endpoint.resolver(), ((Verdict.Floor) floor).seconds()));
    }
    Duration lag = lag(standing.before());
    Readiness readiness = new Readiness(List.copyOf(links.values()), null, null, floors, lag);
    Delay limit = readiness.limit(now);
    Budget budget = new Budget(rto, Duration.ZERO, Duration.ZERO, lag, Duration.ZERO);
    return new Objective(
        readiness.worst(now), budget.judge(limit, demands(spread, limit)), readiness.ready());
  }

  /// By how much the last authority lagged behind the first in the last change.
  private static Duration lag(@Nullable Spread before) {
    Span sync = before == null ? null : before.parts().sync();
    return sync == null ? Duration.ZERO : sync.max();
  }

  private static List<Demand> demands(Spread spread, Delay limit) {
    return spread.endpoints().stream()
        .map(each -> new Demand(each.resolver(), limit.length(), null, each.weight()))
        .toList();
  }
}
