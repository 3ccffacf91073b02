package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Names;
import dev.allclear.agent.yaml.Nearest;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Capture;
import dev.allclear.probes.journey.Given;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads lists of steps, and in place of each `use` the steps of that group: these know the
/// journey's `vars`, what they are given and what they capture themselves, no more; what they
/// capture is known after them.
final class StepsReader {
  private static final int MOST_STEPS = 1000;
  private static final String STEPS = "`steps: [{get: https://shop.example/}]`";

  private final Groups groups;
  private final HeadReader headReader;
  private final Variables variables;
  private final WayReader wayReader;
  private final StepReader stepReader;
  private final List<String> within;
  private final Tally tally;

  /// How many entries were read for one journey.
  private static final class Tally {
    private int entries;
  }

  private StepsReader(
      Groups groups, HeadReader headReader, WayReader wayReader, List<String> within, Tally tally) {
    this.groups = groups;
    this.headReader = headReader;
    this.wayReader = wayReader;
    variables = headReader.variables();
    this.within = within;
    this.tally = tally;
    stepReader = new StepReader(headReader, wayReader);
  }

  static StepsReader ofJourney(Groups groups, HeadReader headReader, WayReader wayReader) {
    return new StepsReader(groups, headReader, wayReader, List.of(), new Tally());
  }

  /// For groups that stand for themselves; where their paths lead only a journey says.
  static StepsReader ofGroups(
      Groups groups, Variables variables, TokenSources tokenSources, Names resolvers) {
    variables.base("https://shop.example");
    HeadReader headReader = HeadReader.of(variables, tokenSources);
    return ofJourney(groups, headReader, new WayReader(resolvers));
  }

  List<Step> read(Value written, Allowance allowance) {
    List<Step> steps = new ArrayList<>();
    for (Value entry : written.list()) {
      tally.entries++;
      if (tally.entries == MOST_STEPS + 1) {
        entry.wrong("groups make more than %d steps of this; use fewer".formatted(MOST_STEPS));
      }
      if (tally.entries > MOST_STEPS) {
        return steps;
      }
      if (entry.isMap() && entry.keys().contains("use")) {
        List<Step> used = entry.map("", map -> use(map, allowance));
        steps.addAll(used == null ? List.of() : used);
      } else {
        Step step = stepReader.read(entry, allowance);
        steps.addAll(step == null ? List.of() : List.of(step));
      }
    }
    return steps;
  }

  /// As if it were used without deadline, with all its parameters.
  void checkGroup(Value group) {
    group(group, new Allowance(null, "", ""));
  }

  /// A group's parameters, and its steps.
  private record Group(Set<String> parameters, List<Step> steps) {}

  private List<Step> use(MapReader map, Allowance allowance) {
    Value use = map.require("use", "the name of a group", value -> value);
    String name = use == null ? null : groups.names().resolve(use);
    String called = stepReader.nameOfUse(map.get("name"), name == null ? "group" : name);
    Map<String, Template> arguments = new LinkedHashMap<>();
    List<Value> written = map.entries("with", "{user: NAME}");
    for (Value argument : written) {
      Template template = variables.text(argument);
      arguments.put(argument.name(), template == null ? Template.literal("") : template);
    }
    Value group = name == null ? null : groups.written().get(name);
    if (use == null || group == null || called == null) {
      variables.lose();
      return List.of();
    }
    if (within.contains(group.name())) {
      use.wrong(
          "the group uses itself: %s → %s; remove one `use`"
              .formatted(String.join(" → ", within), group.name()));
      return List.of();
    }
    Group read = group(group, allowance);
    checkArguments(use, written, read.parameters());
    Given given = new Given(called, arguments);
    return read.steps().stream().map(step -> step.inside(given)).toList();
  }

  private Group group(Value group, Allowance allowance) {
    Group read = group.map("a map, as {steps: […]}", map -> group(group, map, allowance));
    if (read == null) {
      variables.lose();
    }
    return read == null ? new Group(Set.of(), List.of()) : read;
  }

  private Group group(Value group, MapReader map, Allowance allowance) {
    List<Value> names = map.list("parameters");
    Variables inside = variables.inside();
    Set<String> parameters = new LinkedHashSet<>();
    for (Value name : names) {
      String parameter = name.parsed("the name of a parameter", CaptureReader::checkName);
      if (parameter == null) {
        inside.lose();
      } else if (!parameters.add(parameter)) {
        name.wrong(Value.quoted(parameter) + " is listed twice; write it once");
      } else {
        inside.add(parameter);
      }
    }
    List<String> deeper = new ArrayList<>(within);
    deeper.add(group.name());
    StepsReader reader = new StepsReader(groups, headReader.with(inside), wayReader, deeper, tally);
    List<Step> steps = map.require("steps", STEPS, value -> reader.read(value, allowance));
    variables.learn(inside, parameters);
    checkCaptures(names, steps == null ? List.of() : steps);
    return new Group(parameters, steps == null ? List.of() : steps);
  }

  /// Else a step could not tell the one from the other.
  private static void checkCaptures(List<Value> parameters, List<Step> steps) {
    Set<String> captured = new TreeSet<>();
    steps.stream()
        .flatMap(step -> step.captures().stream())
        .map(Capture::variable)
        .forEach(captured::add);
    for (Value parameter : parameters) {
      parameter.parsed(
          "a name",
          name -> {
            if (captured.contains(name)) {
              throw new IllegalArgumentException(
                  "a step of the group captures %s, too; write another name"
                      .formatted(Value.quoted(name)));
            }
            return name;
          });
    }
  }

  private static void checkArguments(Value use, List<Value> arguments, Set<String> parameters) {
    Set<String> missing = new LinkedHashSet<>(parameters);
    for (Value argument : arguments) {
      missing.remove(argument.name());
      if (!parameters.contains(argument.name())) {
        argument.wrongKey(
            "the group has no parameter %s; %s"
                .formatted(
                    Value.quoted(argument.name()),
                    Nearest.advice(argument.name(), parameters, "remove it")));
      }
    }
    boolean misspelt =
        arguments.stream().anyMatch(argument -> Nearest.to(argument.name(), missing) != null);
    if (!missing.isEmpty() && !misspelt) {
      use.wrong(
          "the group needs %s; write `with: {%s: …}`"
              .formatted(String.join(", ", missing), String.join(": …, ", missing)));
    }
  }
}
