package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a step sends. A type is the Content-Type unless the step sets that header itself.
public sealed interface Body {

  record None() implements Body {}

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

  /// The bytes of a file, which is read by every run.
  record File(Path path, String type) implements Body {}

  /// `multipart/form-data` (RFC 7578), in the order written.
  record Multipart(List<Part> parts) implements Body {
    public Multipart {
      parts = List.copyOf(parts);
    }
  }

  /// One field of a form.
  sealed interface Part {
    record Text(String field, Template content) implements Part {}

    /// `name` is what the file is called on the way.
    record Attached(String field, File file, Template name) implements Part {}
  }

  /// A GraphQL request over HTTP. An answer with errors fails its step, unless that expects some.
  /// `variables` is a document as in {@link Json}; it and `operation` are left out if they are
  /// null.
  record GraphQl(Template query, @Nullable Object variables, @Nullable Template operation)
      implements Body {

    Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("query", query);
      if (operation != null) {
        document.put("operationName", operation);
      }
      if (variables != null) {
        document.put("variables", variables);
      }
      return document;
    }
  }

  /// True if no file is part of it.
  default boolean isShort() {
    return switch (this) {
      case None _, Text _, Form _, Json _, GraphQl _ -> true;
      case File _, Multipart _ -> false;
    };
  }

  static Body none() {
    return new None();
  }

  /// All templates in it.
  default Stream<Template> templates() {
    return switch (this) {
      case None _, File _ -> Stream.empty();
      case Text(String _, Template content) -> Stream.of(content);
      case Form(Map<String, Template> fields) -> fields.values().stream();
      case Json(Object document) -> templatesIn(document);
      case GraphQl graphQl -> templatesIn(graphQl.document());
      case Multipart(List<Part> parts) -> parts.stream().map(Body::templateIn);
    };
  }

  private static Template templateIn(Part part) {
    return switch (part) {
      case Part.Text(String _, Template content) -> content;
      case Part.Attached(String _, File _, Template name) -> name;
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
