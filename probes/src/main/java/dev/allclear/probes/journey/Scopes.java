package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.util.HashMap;
import java.util.Map;

/// Gives each step the arguments of the groups it stands in, and no other. Used on the run's
/// thread.
final class Scopes {

  private final Values values;
  private final Map<Given, Map<String, String>> known = new HashMap<>();

  Scopes(Values values) {
    this.values = values;
  }

  /// For a step of which no variable is missing.
  void enter(Step step) {
    Map<String, String> bound = new HashMap<>();
    for (Given given : step.given()) {
      bound.putAll(known.computeIfAbsent(given, this::render));
      values.bind(bound);
    }
  }

  void leave() {
    values.bind(Map.of());
  }

  private Map<String, String> render(Given given) {
    Map<String, String> rendered = new HashMap<>();
    for (Map.Entry<String, Template> argument : given.arguments().entrySet()) {
      rendered.put(argument.getKey(), values.render(argument.getValue()));
    }
    return rendered;
  }
}
