package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.template.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a step expects of its answer.
public final class ExpectReader {
  private final Variables variables;
  private final JsonReader json;

  public ExpectReader(Variables variables) {
    this.variables = variables;
    this.json = new JsonReader(variables);
  }

  public List<Expectation> read(MapReader step) {
    List<Expectation> expectations =
        step.get("expect", value -> value.map("a map, as {status: 200}", this::expectations));
    return expectations == null ? List.of() : expectations;
  }

  /// The expectations among the keys of a map.
  List<Expectation> expectations(MapReader map) {
    List<Expectation> found = new ArrayList<>();
    add(map.get("status", ExpectReader::status), found);
    for (Value header : map.entries("header", "{Content-Type: json}")) {
      Template text = variables.text(header);
      if (header.isHeader() && text != null) {
        found.add(new Expectation.Header(header.name(), text));
      }
    }
    for (Value contains : map.list("contains")) {
      Template text = variables.text(contains);
      add(text == null ? null : new Expectation.BodyContains(text), found);
    }
    for (Value matches : map.list("matches")) {
      add(matches.parsed("a regular expression (RE2)", Expectation::matches), found);
    }
    for (Value value : map.entries("json", "{$.state: booked}")) {
      add(json(value), found);
    }
    return found;
  }

  private static void add(@Nullable Expectation expectation, List<Expectation> found) {
    if (expectation != null) {
      found.add(expectation);
    }
  }

  /// The entries of a list are alternatives.
  private static @Nullable Expectation status(Value value) {
    List<Expectation.Range> ranges = new ArrayList<>();
    for (Value code : value.list()) {
      if (code.parsed("a status, as 200 or 2xx", Expectation::status)
          instanceof Expectation.Status(List<Expectation.Range> some)) {
        ranges.addAll(some);
      }
    }
    return ranges.isEmpty() ? null : new Expectation.Status(ranges);
  }

  private @Nullable Expectation json(Value value) {
    if (value.isMap()) {
      return value.map("", map -> exists(value, map));
    }
    if (value.isList()) {
      value.unwanted("one value, or {exists: true}");
      return null;
    }
    Object expected = json.scalar(value);
    return expected == null ? null : value.parsedKey(path -> Expectation.json(path, expected));
  }

  private static @Nullable Expectation exists(Value value, MapReader map) {
    Boolean exists = map.require("exists", "one value, or {exists: true}", Value::flag);
    if (Boolean.FALSE.equals(exists)) {
      map.wrong("exists", "`exists` can only be true; write {exists: true}, or expect a value");
    }
    return value.parsedKey(Expectation::jsonExists);
  }
}
