package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Capture;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.template.Template;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a step keeps of its answer.
final class CaptureReader {
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
      Capture capture = entry.map(SourceReader.WANTED, map -> capture(entry, map));
      if (name != null && capture != null) {
        found.add(capture);
      }
    }
    return found;
  }

  private static @Nullable Capture capture(Value entry, MapReader map) {
    Boolean secret = map.get("secret", Boolean.FALSE, Value::flag);
    Source source = SourceReader.read(entry, map, "a variable");
    return source == null || secret == null ? null : new Capture(entry.name(), source, secret);
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
