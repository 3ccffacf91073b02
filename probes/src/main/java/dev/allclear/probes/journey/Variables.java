package dev.allclear.probes.journey;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the steps of one run have captured so far. Used on the run's thread.
final class Variables {

  private final Map<String, String> values = new HashMap<>();

  void put(String name, String value) {
    values.put(name, value);
  }

  String render(Template template) {
    return template.render(name -> values.getOrDefault(name, ""));
  }

  /// The variables a step needs and nobody captured.
  Set<String> missing(Step step) {
    Set<String> missing = new TreeSet<>(step.variables());
    missing.removeAll(values.keySet());
    return missing;
  }
}
