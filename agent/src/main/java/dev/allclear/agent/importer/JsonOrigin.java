package dev.allclear.agent.importer;

import dev.allclear.agent.importer.Origin.Link;
import dev.allclear.agent.importer.Texts.Place;
import dev.allclear.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a value stands in a JSON document, by JSONPath.
final class JsonOrigin {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// A string or whole number: the path to it, its own name, and its text.
  private record Leaf(String path, String name, String text) {}

  private final Map<String, List<Leaf>> leaves = new LinkedHashMap<>();

  JsonOrigin(Answer answer) {
    if (Answer.isJson(answer.type()) && !answer.body().isEmpty()) {
      try {
        collect("$", "", Json.read(answer.body()));
      } catch (IllegalArgumentException _) {
        leaves.clear();
      }
    }
  }

  private void collect(String path, String name, @Nullable Object json) {
    switch (json) {
      case Map<?, ?> map ->
          map.forEach((key, value) -> {
            String inner = String.valueOf(key);
            collect(path + step(inner), inner, value);
          });
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          collect(path + "[" + i + "]", name, list.get(i));
        }
      }
      case String text -> add(new Leaf(path, name, text));
      case Integer number -> add(new Leaf(path, name, number.toString()));
      case Long number -> add(new Leaf(path, name, number.toString()));
      case null, default -> {}
    }
  }

  private void add(Leaf leaf) {
    leaves.computeIfAbsent(leaf.text, _ -> new ArrayList<>()).add(leaf);
  }

  private static String step(String name) {
    return PLAIN.matcher(name).matches()
        ? "." + name
        : "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
  }

  @Nullable Map<String, @Nullable Object> of(Place place, String name, String value) {
    Leaf found = null;
    for (Leaf leaf : leaves.getOrDefault(value, List.of())) {
      boolean better = found == null || (leaf.name.equals(name) && !found.name.equals(name));
      if (better && isNoChance(place, name, value, leaf)) {
        found = leaf;
      }
    }
    return found == null ? null : Map.of("json", found.path);
  }

  private static boolean isNoChance(Place place, String name, String value, Leaf leaf) {
    if (Look.isToken(value)) {
      return true;
    }
    if (Look.isGiven(name, value) && Look.isTokenName(leaf.name)) {
      return true;
    }
    boolean digits = value.chars().anyMatch(Character::isDigit);
    return digits && Look.isIdName(leaf.name) && (place == Place.PATH || Look.isIdName(name));
  }

  /// A link in the document on `page`.
  @Nullable Link of(Url page, Url url) {
    List<Leaf> whole = leaves.getOrDefault(url.toString(), List.of());
    List<Leaf> inside =
        page.origin().equals(url.origin())
            ? leaves.getOrDefault(url.target(), List.of())
            : List.of();
    return whole.isEmpty()
        ? inside.stream().findFirst().map(leaf -> link(leaf, url.origin())).orElse(null)
        : link(whole.getFirst(), "");
  }

  private static Link link(Leaf leaf, String before) {
    return new Link(leaf.name, before, Map.of("json", leaf.path));
  }
}
