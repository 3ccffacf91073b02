package dev.allclear.probes.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the steps of one run know so far. Used on the run's thread.
public final class Values {

  private final Map<String, String> values = new HashMap<>();
  private Map<String, String> bound = Map.of();

  public void put(String name, String value) {
    values.put(name, value);
  }

  /// From now on, and until bound anew, these stand before all others.
  public void bind(Map<String, String> arguments) {
    bound = Map.copyOf(arguments);
  }

  public String render(Template template) {
    return template.render(name -> bound.getOrDefault(name, values.getOrDefault(name, "")));
  }

  /// Those of the names that nobody captured.
  public Set<String> missing(Set<String> names) {
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(values.keySet());
    missing.removeAll(bound.keySet());
    return missing;
  }
}
