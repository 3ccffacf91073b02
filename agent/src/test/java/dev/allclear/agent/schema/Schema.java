package dev.allclear.agent.schema;

import static java.util.Objects.requireNonNull;

import dev.allclear.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// As much of JSON Schema as the config's schema uses.
final class Schema {
  private final Map<?, ?> root;

  Schema(String text) {
    root = (Map<?, ?>) requireNonNull(Json.read(text));
  }

  Map<?, ?> root() {
    return root;
  }

  /// The maps that take no other keys than theirs, by name.
  Map<String, Map<?, ?>> closed() {
    Map<String, Map<?, ?>> closed = new LinkedHashMap<>();
    closed.put("config", root);
    member(root, "$defs")
        .forEach((name, kind) -> {
          if (isClosed((Map<?, ?>) kind)) {
            closed.put(String.valueOf(name), (Map<?, ?>) kind);
          }
        });
    return closed;
  }

  static boolean isClosed(Map<?, ?> kind) {
    return Boolean.FALSE.equals(kind.get("additionalProperties"));
  }

  static Map<?, ?> properties(Map<?, ?> kind) {
    return kind.containsKey("properties") ? member(kind, "properties") : Map.of();
  }

  private static Map<?, ?> member(Map<?, ?> map, String name) {
    return (Map<?, ?>) requireNonNull(map.get(name));
  }

  /// Without references and choices.
  private Stream<Map<?, ?>> plain(Map<?, ?> kind) {
    if (kind.get("$ref") instanceof String ref) {
      return plain(member(member(root, "$defs"), ref.substring(ref.lastIndexOf('/') + 1)));
    }
    return kind.get("anyOf") instanceof List<?> kinds
        ? kinds.stream().flatMap(each -> plain((Map<?, ?>) each))
        : Stream.of(kind);
  }

  /// Gives each map in the document, by its path, with what the schema says of such maps.
  void walk(Object document, BiConsumer<List<Object>, List<Map<?, ?>>> visit) {
    walk(List.of(), document, List.of(root), visit);
  }

  private void walk(
      List<Object> path,
      @Nullable Object value,
      List<Map<?, ?>> kinds,
      BiConsumer<List<Object>, List<Map<?, ?>>> visit) {
    List<Map<?, ?>> plain = kinds.stream().<Map<?, ?>>flatMap(this::plain).toList();
    if (value instanceof Map<?, ?> map) {
      visit.accept(path, plain);
      map.forEach((key, inner) ->
          walk(
              plus(path, requireNonNull(key)),
              inner,
              plain.stream().<Map<?, ?>>flatMap(kind -> inside(kind, key)).toList(),
              visit));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        walk(
            plus(path, i),
            list.get(i),
            plain.stream().<Map<?, ?>>flatMap(kind -> child(kind.get("items"))).toList(),
            visit);
      }
    }
  }

  private static Stream<Map<?, ?>> inside(Map<?, ?> kind, Object key) {
    Object property = properties(kind).get(key);
    return child(property == null ? kind.get("additionalProperties") : property);
  }

  private static Stream<Map<?, ?>> child(@Nullable Object kind) {
    return kind instanceof Map<?, ?> map ? Stream.of(map) : Stream.empty();
  }

  private static List<Object> plus(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  /// Where the document is not as the schema wants it; empty if it is.
  List<String> problems(@Nullable Object document) {
    return problems("", document, root);
  }

  private List<String> problems(String path, @Nullable Object value, Map<?, ?> kind) {
    List<List<String>> each =
        plain(kind).map(plain -> problemsOfPlain(path, value, plain)).toList();
    return each.stream().anyMatch(List::isEmpty)
        ? List.of()
        : each.stream().flatMap(List::stream).toList();
  }

  private List<String> problemsOfPlain(String path, @Nullable Object value, Map<?, ?> kind) {
    if (!isOfType(value, kind.get("type"))) {
      return List.of(path + ": " + value + " is no " + kind.get("type"));
    }
    if (kind.get("enum") instanceof List<?> words && !words.contains(value)) {
      return List.of(path + ": " + value + " is none of " + words);
    }
    if (kind.get("pattern") instanceof String pattern && !String.valueOf(value).matches(pattern)) {
      return List.of(path + ": " + value + " is not as " + pattern);
    }
    List<String> problems = new ArrayList<>();
    if (value instanceof Map<?, ?> map && "object".equals(kind.get("type"))) {
      if (kind.get("required") instanceof List<?> required && !map.keySet().containsAll(required)) {
        problems.add(path + ": not all of " + required);
      }
      map.forEach((key, inner) -> {
        List<Map<?, ?>> kinds = inside(kind, requireNonNull(key)).toList();
        if (!kinds.isEmpty()) {
          problems.addAll(problems(path + "/" + key, inner, kinds.getFirst()));
        } else if (isClosed(kind)) {
          problems.add(path + ": unknown key " + key);
        }
      });
    } else if (value instanceof List<?> list && kind.get("items") instanceof Map<?, ?> items) {
      list.forEach(element -> problems.addAll(problems(path + "/*", element, items)));
    }
    return problems;
  }

  private static boolean isOfType(@Nullable Object value, @Nullable Object type) {
    if (type == null) {
      return true;
    }
    if (type instanceof List<?> types) {
      return types.stream().anyMatch(each -> isOfType(value, each));
    }
    return switch (String.valueOf(type)) {
      case "string" -> value instanceof String;
      case "number" -> value instanceof Number;
      case "integer" -> value instanceof Integer;
      case "boolean" -> value instanceof Boolean;
      case "array" -> value instanceof List<?>;
      case "object" -> value instanceof Map<?, ?>;
      case "null" -> value == null;
      default -> throw new IllegalArgumentException("no type " + type);
    };
  }
}
