package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The groups of steps of a file, as they are written: they are read anew wherever they are used.
public record Groups(Names names, Map<String, Value> written) {
  static final String WANTED = "{NAME: {parameters: [user], steps: […]}}";

  public Groups {
    written = Map.copyOf(written);
  }

  /// Also checks those that nothing uses.
  public static Groups read(
      MapReader file, Function<String, @Nullable String> environment, TokenSources tokenSources) {
    Names names = Names.of("group", "groups", file);
    Groups groups =
        new Groups(
            names,
            file.entries("groups", WANTED).stream()
                .collect(Collectors.toMap(Value::name, value -> value)));
    for (Value group : file.entries("groups", WANTED)) {
      group.isNamed();
      StepsReader.ofGroups(groups, environment, tokenSources).checkGroup(group);
    }
    return groups;
  }
}
