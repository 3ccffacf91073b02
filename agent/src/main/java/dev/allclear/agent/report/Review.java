package dev.allclear.agent.report;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Kind;
import dev.allclear.agent.recovery.SuccessRate;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The recoveries of one service since some day, against its objective. `detection` is the shortest
/// and the longest that one may have taken, null without any; `slowest` is which phase surely took
/// longest, and in how many. Means and trends are not told: of so few and so different outages they
/// say nothing.
public record Review(
    String service,
    List<Incident> outages,
    SuccessRate rate,
    Map<Kind, Integer> apart,
    int open,
    Span downtime,
    @Nullable Span detection,
    Map<String, Integer> slowest) {

  public Review {
    outages = List.copyOf(outages);
    apart = Map.copyOf(apart);
    slowest = Map.copyOf(slowest);
  }

  /// Of each service that had any, by its name. An outage counts by its onset.
  public static List<Review> of(
      List<Incident> incidents, Instant since, Moment now, Function<Incident, List<Phase>> phases) {
    Map<String, List<Incident>> services = new TreeMap<>();
    for (Incident incident : incidents) {
      if (!incident.onset().latest().wall().isBefore(since)) {
        services.computeIfAbsent(incident.cell().service(), _ -> new ArrayList<>()).add(incident);
      }
    }
    return services.entrySet().stream()
        .map(each -> of(each.getKey(), each.getValue(), now, phases))
        .toList();
  }

  private static Review of(
      String service, List<Incident> all, Moment now, Function<Incident, List<Phase>> phases) {
    List<Incident> closed =
        all.stream().filter(each -> !each.isOpen() && each.kind() == Kind.OUTAGE).toList();
    Map<Kind, Integer> apart = new LinkedHashMap<>();
    all.stream()
        .filter(each -> !each.isOpen() && each.kind() != Kind.OUTAGE)
        .forEach(each -> apart.merge(each.kind(), 1, Integer::sum));
    Map<String, Integer> slowest = new LinkedHashMap<>();
    closed.stream()
        .flatMap(each -> Phase.longest(phases.apply(each)).stream())
        .forEach(phase -> slowest.merge(phase.name(), 1, Integer::sum));
    return new Review(
        service,
        closed,
        SuccessRate.of(all, Kind.OUTAGE, now),
        apart,
        (int) all.stream().filter(Incident::isOpen).count(),
        closed.stream().flatMap(each -> each.downtime().stream()).reduce(Span.ZERO, Span::plus),
        closed.stream().map(Incident::detection).reduce(Review::around).orElse(null),
        slowest);
  }

  /// From the least of either to the most.
  private static Span around(Span a, Span b) {
    Duration min = a.min().compareTo(b.min()) < 0 ? a.min() : b.min();
    Duration max = a.max().compareTo(b.max()) > 0 ? a.max() : b.max();
    return new Span(min, min, max);
  }
}
