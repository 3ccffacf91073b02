package dev.allclear.agent.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// A map of the file whose keys are known. It remembers what was asked for, so that what is left
/// over is an unknown key.
public final class MapReader {
  private final Value map;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final Map<String, String> missing = new LinkedHashMap<>();

  public MapReader(Value map, List<Value> entries) {
    this.map = map;
    entries.forEach(value -> values.put(value.name(), value));
  }

  /// Each key once; a second one is a problem.
  public static List<Value> entries(MappingNode node, Problems problems) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(tuple.getKeyNode(), "a list or map cannot be a key; write a word");
        continue;
      }
      Value value = new Value(key.getValue(), key, tuple.getValueNode(), problems);
      Value first = entries.putIfAbsent(value.name(), value);
      if (first != null) {
        value.wrongKey(
            "duplicate key %s; write it once, it is in line %d already"
                .formatted(Value.quoted(value.name()), first.line()));
      }
    }
    return new ArrayList<>(entries.values());
  }

  public static Set<String> keys(MappingNode node) {
    return node.getValue().stream()
        .flatMap(tuple ->
            tuple.getKeyNode() instanceof ScalarNode key
                ? Stream.of(key.getValue())
                : Stream.empty())
        .collect(Collectors.toSet());
  }

  public @Nullable Value get(String key) {
    known.add(key);
    return values.get(key);
  }

  /// Null if it is not there, and if it is wrong.
  public <T> @Nullable T get(String key, Function<Value, @Nullable T> read) {
    Value value = get(key);
    return value == null ? null : read.apply(value);
  }

  /// Without it the map is incomplete; `wanted` completes "write …".
  public <T> @Nullable T require(String key, String wanted, Function<Value, @Nullable T> read) {
    if (!has(key)) {
      missing.put(key, wanted);
    }
    return get(key, read);
  }

  /// What stands under the key, or `otherwise` if nothing does; null if it is wrong.
  public <T> @Nullable T get(String key, T otherwise, Function<Value, @Nullable T> read) {
    Value value = get(key);
    return value == null ? otherwise : read.apply(value);
  }

  public @Nullable Duration duration(String key, Duration otherwise) {
    return get(key, otherwise, Value::duration);
  }

  public List<Value> list(String key) {
    Value value = get(key);
    return value == null ? List.of() : value.list();
  }

  public List<Value> entries(String key, String wanted) {
    Value value = get(key);
    return value == null ? List.of() : value.entries(wanted);
  }

  /// What stands under any of the keys, in the file's order.
  public List<Value> allOf(List<String> keys) {
    known.addAll(keys);
    return values.values().stream().filter(value -> keys.contains(value.name())).toList();
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /// Whether nothing is there but some of these.
  public boolean isEmptyBut(String... keys) {
    return List.of(keys).containsAll(values.keySet());
  }

  /// Whether the key is there in another spelling, which is reported as such.
  public boolean isMisspelt(String key) {
    return values.keySet().stream()
        .anyMatch(other -> !known.contains(other) && key.equals(Nearest.to(other, known)));
  }

  /// At the key's value; where it is not written, at the map.
  public void wrong(String key, String message) {
    Value value = values.get(key);
    if (value == null) {
      map.wrongKey(message);
    } else {
      value.wrong(message);
    }
  }

  public void finish() {
    values.forEach((key, value) -> {
      if (!known.contains(key)) {
        value.wrongKey(
            "unknown key " + Value.quoted(key) + "; " + Nearest.advice(key, known, "remove it"));
      }
    });
    missing.forEach((key, wanted) -> {
      if (!isMisspelt(key)) {
        map.wrongKey("`" + key + "` is missing; write " + wanted);
      }
    });
  }
}
