package dev.allclear.agent.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The names that a section defines, whether or not what they stand for is in order. Null if the
/// section is so wrong that nothing can be said.
public record Names(String kind, String section, @Nullable Set<String> defined) {

  /// What the section of the file defines.
  public static Names of(String kind, String section, MapReader file) {
    Value value = file.get(section);
    if (value == null) {
      return new Names(kind, section, file.isMisspelt(section) ? null : Set.of());
    }
    return new Names(kind, section, value.isMap() ? value.keys() : null);
  }

  public boolean contains(String name) {
    return defined == null || defined.contains(name);
  }

  /// The name that is written there, or null if it is not defined.
  public @Nullable String resolve(Value reference) {
    String name = reference.text("the name of a " + kind);
    if (name == null || defined == null || defined.contains(name)) {
      return name;
    }
    reference.wrong(unknown(name, defined));
    return null;
  }

  /// Whether the key of the entry is defined.
  public boolean resolveKey(Value entry) {
    if (contains(entry.name())) {
      return true;
    }
    entry.wrongKey(unknown(entry.name(), Objects.requireNonNull(defined)));
    return false;
  }

  private String unknown(String name, Set<String> known) {
    String define = "define it under `" + section + "`";
    return "no %s is named %s; %s"
        .formatted(kind, Value.quoted(name), Nearest.advice(name, sorted(known), define));
  }

  /// All of a list, each once.
  public List<String> resolve(List<Value> references) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Value reference : references) {
      String name = resolve(reference);
      if (name != null && !seen.add(name)) {
        reference.wrong(Value.quoted(name) + " is listed twice; write it once");
      } else if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().collect(Collectors.toList());
  }
}
