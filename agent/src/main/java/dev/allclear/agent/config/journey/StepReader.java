package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Capture;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Label;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.journey.Action;
import dev.allclear.probes.journey.Conduct;
import dev.allclear.probes.journey.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the steps of one journey, from the first to the last.
final class StepReader {

  private final Variables variables;
  private final ActionReader actionReader;
  private final ExpectReader expectReader;
  private final CaptureReader captureReader;
  private final LinkReader linkReader;
  private final ConductReader conductReader;
  private final Set<String> names = new HashSet<>();
  private int count;

  StepReader(HeadReader headReader, WayReader wayReader) {
    variables = headReader.variables();
    linkReader = headReader.links();
    actionReader = new ActionReader(headReader);
    expectReader = new ExpectReader(variables);
    captureReader = new CaptureReader(variables);
    conductReader = new ConductReader(variables, expectReader, wayReader);
  }

  @Nullable Step read(Value entry, Allowance allowance) {
    count++;
    if (!entry.isMap()) {
      variables.lose();
    }
    return entry.map(
        "a map, as {get: https://shop.example/}", map -> linked(map, step(entry, map, allowance)));
  }

  private @Nullable Step linked(MapReader map, @Nullable Step step) {
    Link link = linkReader.read(map);
    Step linked = step == null ? null : step.over(link);
    if (linked != null) {
      LinkReader.check(map, linked);
    }
    return linked;
  }

  private @Nullable Step step(Value entry, MapReader map, Allowance allowance) {
    String name = name(map.get("name"));
    Action action = actionReader.read(entry, map);
    Conduct conduct = conductReader.read(map, allowance);
    List<Expectation> expectations = expectReader.read(map);
    Map<Label, Source> labels = LabelReader.read(map, expectations);
    List<Capture> captures = captures(map);
    return name == null || action == null || conduct == null
        ? null
        : Step.of(name, action, conduct.timeout())
            .conducted(conduct)
            .expecting(expectations)
            .capturing(captures)
            .labelling(labels);
  }

  /// The name that a group is used by; without one the group's, with a number from the second on.
  @Nullable String nameOfUse(@Nullable Value value, String group) {
    if (value != null) {
      return name(value);
    }
    String name = group;
    for (int uses = 2; !names.add(name); uses++) {
      name = group + " " + uses;
    }
    return name;
  }

  private @Nullable String name(@Nullable Value value) {
    String name = value == null ? "step " + count : value.text("a name, as log in");
    if (value != null && name != null && name.isBlank()) {
      value.wrong("the name is empty; write one, as log in");
    } else if (value != null && name != null && !names.add(name)) {
      value.wrong("another step is named " + Value.quoted(name) + "; write another name");
    }
    return name;
  }

  /// Last of all, since the step itself cannot use what it captures.
  private List<Capture> captures(MapReader map) {
    Value captures = map.get("capture");
    if (captures == null && map.isMisspelt("capture")) {
      variables.lose();
    }
    return captures == null ? List.of() : captureReader.read(captures);
  }
}
