package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a step sends.
public sealed interface Body {

  record None() implements Body {}

  /// `type` is the Content-Type unless the step sets that header itself.
  record Text(String type, Template content) implements Body {}

  /// `application/x-www-form-urlencoded`, each value encoded after its variables are filled in; in
  /// the order written.
  record Form(Map<String, Template> fields) implements Body {
    public Form {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /// A JSON document: maps, lists, numbers, booleans, null and {@link Template} for every string,
  /// so that a variable's value can never break out of its string.
  record Json(@Nullable Object document) implements Body {}

  static Body none() {
    return new None();
  }

  /// All templates in it.
  default Stream<Template> templates() {
    return switch (this) {
      case None() -> Stream.empty();
      case Text(String _, Template content) -> Stream.of(content);
      case Form(Map<String, Template> fields) -> fields.values().stream();
      case Json(Object document) -> templatesIn(document);
    };
  }

  private static Stream<Template> templatesIn(@Nullable Object document) {
    return switch (document) {
      case Template template -> Stream.of(template);
      case Map<?, ?> map -> map.values().stream().flatMap(Body::templatesIn);
      case List<?> list -> list.stream().flatMap(Body::templatesIn);
      case null, default -> Stream.empty();
    };
  }
}
