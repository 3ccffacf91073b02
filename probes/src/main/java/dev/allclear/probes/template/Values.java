package dev.allclear.probes.template;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the steps of one run know so far. Used on the run's thread.
public final class Values {

  private final Map<String, String> values = new HashMap<>();

  public void put(String name, String value) {
    values.put(name, value);
  }

  public String render(Template template) {
    return template.render(name -> values.getOrDefault(name, ""));
  }

  /// All that is known, by name.
  public Map<String, String> known() {
    return Collections.unmodifiableMap(values);
  }

  /// Those of the names that nobody captured.
  public Set<String> missing(Set<String> names) {
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(values.keySet());
    return missing;
  }
}
