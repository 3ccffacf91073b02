package dev.allclear.agent.config;

import dev.allclear.agent.yaml.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds services that depend on each other in a circle: verification of each would wait for the
/// others.
final class Circles {
  private final Map<String, List<Value>> dependsOn = new LinkedHashMap<>();
  private final Set<String> done = new HashSet<>();

  void add(String service, List<Value> written) {
    dependsOn.put(service, written);
  }

  /// Each is a problem where it closes.
  void check() {
    dependsOn.keySet().forEach(service -> follow(service, List.of()));
  }

  private void follow(String service, List<String> way) {
    if (done.contains(service)) {
      return;
    }
    List<String> further = new ArrayList<>(way);
    further.add(service);
    for (Value each : dependsOn.getOrDefault(service, List.of())) {
      if (each.kind() == Value.Kind.TEXT) {
        follow(each, String.valueOf(each.text("")), further);
      }
    }
    done.add(service);
  }

  private void follow(Value written, String next, List<String> way) {
    int from = way.indexOf(next);
    if (from < 0) {
      follow(next, way);
    } else if (!next.equals(way.getLast())) {
      written.wrong(text(way.subList(from, way.size())));
    }
  }

  private static String text(List<String> circle) {
    StringBuilder text = new StringBuilder(Value.quoted(circle.getFirst()));
    circle.stream()
        .skip(1)
        .forEach(name -> text.append(" depends on ").append(Value.quoted(name)).append(", which"));
    return text.append(" depends on ")
        .append(Value.quoted(circle.getFirst()))
        .append("; remove one of these")
        .toString();
  }
}
