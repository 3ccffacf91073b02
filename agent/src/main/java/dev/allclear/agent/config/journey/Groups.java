package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.template.Surroundings;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The groups of steps of a file, as they are written: they are read anew wherever they are used.
public record Groups(Names names, Map<String, Value> written) {
  static final String WANTED = "{NAME: {parameters: [user], steps: […]}}";

  public Groups {
    written = Map.copyOf(written);
  }

  /// Also checks those that nothing uses.
  public static Groups read(
      MapReader file, Surroundings surroundings, TokenSources tokenSources, Names resolvers) {
    Names names = Names.of("group", "groups", file);
    Groups groups =
        new Groups(
            names,
            file.entries("groups", WANTED).stream()
                .collect(Collectors.toMap(Value::name, value -> value)));
    for (Value group : file.entries("groups", WANTED)) {
      group.isNamed();
      Variables variables = new Variables(surroundings);
      vars(file).forEach(variables::set);
      StepsReader.ofGroups(groups, variables, tokenSources, resolvers).checkGroup(group);
    }
    return groups;
  }

  /// What any journey sets. Whether it is the one that uses a group is seen there.
  private static Set<String> vars(MapReader file) {
    Value journeys = file.get("journeys");
    return journeys == null
        ? Set.of()
        : entries(journeys)
            .flatMap(Groups::entries)
            .filter(section -> section.name().equals("vars") && section.isMap())
            .flatMap(section -> section.keys().stream())
            .collect(Collectors.toSet());
  }

  private static Stream<Value> entries(Value value) {
    return value.isMap() ? value.entries("").stream() : Stream.empty();
  }
}
