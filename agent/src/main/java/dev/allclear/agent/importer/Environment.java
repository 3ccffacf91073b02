package dev.allclear.agent.importer;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The secrets that a journey takes from the environment: one variable for each value.
final class Environment {
  private static final int LONG = 8;

  private final Map<String, String> names = new LinkedHashMap<>();

  /// The template that stands for the secret.
  String template(String name, String value) {
    return "${env:" + names.computeIfAbsent(value, _ -> free(name)) + "}";
  }

  boolean holds(String value) {
    return names.containsKey(value);
  }

  /// With templates for the longer ones among the secrets.
  String replaced(String text) {
    String replaced = text;
    for (Map.Entry<String, String> secret : names.entrySet()) {
      if (secret.getKey().length() >= LONG) {
        replaced = replaced.replace(secret.getKey(), "${env:" + secret.getValue() + "}");
      }
    }
    return replaced;
  }

  List<String> names() {
    return List.copyOf(names.values());
  }

  private String free(String name) {
    String words = Names.words(name, '_', "secret").toUpperCase(Locale.ROOT);
    return Names.free(words, "_", new HashSet<>(names.values()));
  }
}
