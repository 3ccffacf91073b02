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

/// Reads what a step sends: `form`, `json`, `text`, `file`, `multipart` or `graphql`.
final class BodyReader {
  private static final List<String> KINDS =
      List.of("form", "json", "text", "file", "multipart", "graphql");
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
  private static final Set<String> TYPED = Set.of("form", "multipart");
  private static final String GRAPHQL = "graphql";

  private final Variables variables;
  private final JsonReader json;
  private final FileReader files;

  BodyReader(Variables variables) {
    this.variables = variables;
    json = new JsonReader(variables);
    files = new FileReader(variables);
  }

  /// `method` is null if it is not known.
  Body read(MapReader step, @Nullable String method) {
    List<Value> bodies = step.allOf(KINDS);
    if (bodies.isEmpty()) {
      return Body.none();
    }
    check(bodies.getFirst(), step, method);
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

  private static void check(Value body, MapReader step, @Nullable String method) {
    boolean asksGraphQl = body.name().equals(GRAPHQL);
    if (method != null && WITHOUT_BODY.contains(method)) {
      body.wrongKey("a " + method + " sends no body; write `post`, or remove it");
    } else if (asksGraphQl && method != null && !method.equals("POST")) {
      body.wrongKey("GraphQL is asked with a POST; write `post`");
    }
    Value headers = step.get("headers");
    if (TYPED.contains(body.name())
        && headers != null
        && headers.keys().stream().anyMatch("Content-Type"::equalsIgnoreCase)) {
      headers.wrongKey("a form sets its Content-Type itself; remove that header");
    }
  }

  private Body read(Value value) {
    Body body =
        switch (value.name()) {
          case "form" -> form(value);
          case "json" -> new Body.Json(json.document(value));
          case "file" -> files.body(value);
          case "multipart" -> files.multipart(value);
          case GRAPHQL -> value.map("{query: TEXT}", this::graphQl);
          default -> text(value);
        };
    return body == null ? Body.none() : body;
  }

  private @Nullable Body text(Value value) {
    Template content = variables.text(value);
    return content == null ? null : new Body.Text("text/plain; charset=utf-8", content);
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

  private @Nullable Body graphQl(MapReader map) {
    Template query =
        map.require("query", "one, as `query: \"{ stock { sku } }\"`", variables::text);
    Object document = map.get("variables", this::objectOf);
    Template operation = map.get("operation", variables::text);
    return query == null ? null : new Body.GraphQl(query, document, operation);
  }

  private @Nullable Object objectOf(Value value) {
    if (!value.isMap()) {
      value.unwanted("a map, as {sku: demo-1}");
      return null;
    }
    return json.document(value);
  }
}
