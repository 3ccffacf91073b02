package dev.allclear.probes.journey;

import java.util.Map;

/// What a step sends.
public sealed interface Body {

  record None() implements Body {}

  /// `type` is the Content-Type unless the step sets that header itself.
  record Text(String type, Template content) implements Body {}

  /// `application/x-www-form-urlencoded`, each value encoded after its variables are filled in.
  record Form(Map<String, Template> fields) implements Body {
    public Form {
      fields = Map.copyOf(fields);
    }
  }

  /// A JSON document: maps, lists, numbers, booleans, null and {@link Template} for every string,
  /// so that a variable's value can never break out of its string.
  record Json(Object document) implements Body {}

  static Body none() {
    return new None();
  }
}
