package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.probes.Bounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How traffic went from one server, or version, to another during an outage, as one probe read it
/// from the answers: each change from one run to the next.
public record Shift(String probe, String label, List<Event.Served> changes) {

  /// The runs that each had answered since the shift began, when others answered from then on.
  public record Point(Bounds at, Map<String, Integer> runs) {}

  public Shift {
    changes = List.copyOf(changes);
  }

  /// Those where anything changed, in the order of their begins.
  static List<Shift> of(Incident incident) {
    Map<String, List<Event.Served>> read = new LinkedHashMap<>();
    for (Event.Served each : incident.served()) {
      if (!each.from().isEmpty()) {
        read.computeIfAbsent(each.probe() + " " + each.label(), _ -> new ArrayList<>()).add(each);
      }
    }
    return read.values().stream()
        .map(all -> new Shift(all.getFirst().probe(), all.getFirst().label(), all))
        .toList();
  }

  public Set<String> from() {
    return new TreeSet<>(changes.getFirst().from());
  }

  public Set<String> to() {
    return new TreeSet<>(changes.getLast().to());
  }

  /// From the last run wholly by the old to the first that was not.
  public Bounds begun() {
    return changes.getFirst().shifted();
  }

  /// From the last run that was not wholly by the new to the first of those that all were; empty if
  /// more changed than is kept.
  public Optional<Bounds> complete() {
    return changes.size() + 1 >= Event.Served.MOST
        ? Optional.empty()
        : Optional.of(changes.getLast().shifted());
  }

  /// How the runs were shared from its begin on.
  public List<Point> curve() {
    Map<String, Integer> runs = new TreeMap<>();
    List<Point> points = new ArrayList<>();
    for (Event.Served change : changes.subList(1, changes.size())) {
      runs.merge(String.join(", ", new TreeSet<>(change.from())), change.runs(), Integer::sum);
      points.add(new Point(change.shifted(), new TreeMap<>(runs)));
    }
    return points;
  }
}
