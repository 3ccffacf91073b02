package dev.allclear.agent.report;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Kind;
import dev.allclear.agent.recovery.SuccessRate;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The recoveries of one service since some day, against its objective. Means and trends are not
/// told: of so few and so different outages they say nothing.
public record Review(
    String service,
    List<Incident> outages,
    SuccessRate rate,
    Map<Kind, Integer> apart,
    int open,
    Span downtime) {

  public Review {
    outages = List.copyOf(outages);
    apart = Map.copyOf(apart);
  }

  /// Of each service that had any, by its name. An outage counts by its onset.
  public static List<Review> of(List<Incident> incidents, Instant since, Moment now) {
    Map<String, List<Incident>> services = new TreeMap<>();
    for (Incident incident : incidents) {
      if (!incident.onset().latest().wall().isBefore(since)) {
        services.computeIfAbsent(incident.cell().service(), _ -> new ArrayList<>()).add(incident);
      }
    }
    return services.entrySet().stream()
        .map(each -> of(each.getKey(), each.getValue(), now))
        .toList();
  }

  private static Review of(String service, List<Incident> all, Moment now) {
    List<Incident> closed =
        all.stream().filter(each -> !each.isOpen() && each.kind() == Kind.OUTAGE).toList();
    Map<Kind, Integer> apart = new LinkedHashMap<>();
    all.stream()
        .filter(each -> !each.isOpen() && each.kind() != Kind.OUTAGE)
        .forEach(each -> apart.merge(each.kind(), 1, Integer::sum));
    return new Review(
        service,
        closed,
        SuccessRate.of(all, Kind.OUTAGE, now),
        apart,
        (int) all.stream().filter(Incident::isOpen).count(),
        closed.stream().flatMap(each -> each.downtime().stream()).reduce(Span.ZERO, Span::plus));
  }
}
