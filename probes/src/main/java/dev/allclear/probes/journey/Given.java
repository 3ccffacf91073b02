package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What the steps of one use of a group are given: a value for each parameter of the group, made
/// when the first of these steps begins. `use` tells the uses of a journey apart.
public record Given(String use, Map<String, Template> arguments) {
  public Given {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
  }

  /// The same in one use of the group around it.
  Given inside(Given outer) {
    return new Given(outer.use + ": " + use, arguments);
  }

  /// The variables that have to be known outside for these to be known inside.
  Set<String> outside(Set<String> inside) {
    Set<String> names = new HashSet<>(inside);
    names.removeAll(arguments.keySet());
    arguments.values().forEach(value -> names.addAll(value.variables()));
    return names;
  }
}
