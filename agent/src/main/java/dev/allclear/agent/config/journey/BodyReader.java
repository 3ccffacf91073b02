package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Body;
import dev.allclear.probes.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a step sends: `form`, `json` or `text`.
final class BodyReader {
  private static final List<String> KINDS = List.of("form", "json", "text");
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  private final Variables variables;
  private final JsonReader json;

  BodyReader(Variables variables) {
    this.variables = variables;
    this.json = new JsonReader(variables);
  }

  /// `method` is null if it is not known.
  Body read(MapReader step, @Nullable String method) {
    List<Value> bodies = step.allOf(KINDS);
    if (bodies.isEmpty()) {
      return Body.none();
    }
    if (method != null && WITHOUT_BODY.contains(method)) {
      bodies.getFirst().wrongKey("a " + method + " sends no body; write `post`, or remove it");
    }
    if (bodies.size() > 1) {
      bodies
          .get(1)
          .wrongKey("a step sends one body; write only one of: " + String.join(", ", KINDS));
    }
    List<Body> read = new ArrayList<>();
    for (Value body : bodies) {
      read.add(read(body));
    }
    return read.getFirst();
  }

  private Body read(Value value) {
    return switch (value.name()) {
      case "form" -> form(value);
      case "json" -> new Body.Json(json.document(value));
      default -> {
        Template content = variables.text(value);
        yield content == null ? Body.none() : new Body.Text("text/plain; charset=utf-8", content);
      }
    };
  }

  private Body form(Value value) {
    Map<String, Template> fields = new LinkedHashMap<>();
    for (Value field : value.entries("{user: NAME}")) {
      Template text = variables.text(field);
      if (text != null) {
        fields.put(field.name(), text);
      }
    }
    return new Body.Form(fields);
  }
}
