package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Capture;
import dev.allclear.probes.template.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a step keeps of its answer.
final class CaptureReader {
  private static final List<String> SOURCES = List.of("json", "header", "regex");
  private static final String WANTED = "{json: $.token}, {header: NAME} or {regex: TEXT}";

  private final Variables variables;

  CaptureReader(Variables variables) {
    this.variables = variables;
  }

  /// A variable is known to later steps even if how it is captured is wrong.
  List<Capture> read(Value captures) {
    if (!captures.isMap()) {
      variables.lose();
    }
    List<Capture> found = new ArrayList<>();
    for (Value entry : captures.entries("{NAME: {json: $.token}}")) {
      variables.add(entry.name());
      String name = entry.parsedKey(CaptureReader::checkName);
      Capture capture = entry.map(WANTED, map -> capture(entry, map));
      if (name != null && capture != null) {
        found.add(capture);
      }
    }
    return found;
  }

  private static @Nullable Capture capture(Value entry, MapReader map) {
    List<Value> sources = map.allOf(SOURCES);
    Boolean secret = map.get("secret", Boolean.FALSE, Value::flag);
    if (sources.isEmpty() && SOURCES.stream().noneMatch(map::isMisspelt)) {
      entry.wrongKey("nothing says where `" + entry.name() + "` stands; write " + WANTED);
    }
    if (sources.size() > 1) {
      sources
          .get(1)
          .wrongKey("a variable has one source; write only one of: " + String.join(", ", SOURCES));
    }
    Capture.Source source = sources.isEmpty() ? null : source(sources.getFirst());
    return source == null || secret == null ? null : new Capture(entry.name(), source, secret);
  }

  private static Capture.@Nullable Source source(Value value) {
    return switch (value.name()) {
      case "json" -> value.parsed("a JSONPath, as $.token", Capture.Source::json);
      case "regex" -> value.parsed("a regular expression (RE2)", Capture.Source::regex);
      default -> value.parsed("a header's name", Capture.Source.Header::new);
    };
  }

  /// A name is good if a template can use it.
  static String checkName(String name) {
    Template template = Template.parse("${" + name + "}", _ -> "");
    if (!template.variables().contains(name)) {
      throw new IllegalArgumentException(
          Value.quoted(name) + " cannot be a variable; write letters, digits, - and _");
    }
    return name;
  }
}
