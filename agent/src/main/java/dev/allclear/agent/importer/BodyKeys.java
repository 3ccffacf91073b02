package dev.allclear.agent.importer;

import dev.allclear.agent.importer.Texts.Place;
import dev.allclear.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The keys of a step that send a body. The Content-Type goes to the step's headers where no key
/// implies it.
final class BodyKeys {

  /// Deeper documents than a config can hold are sent as text.
  private static final int DEEPEST = 20;

  /// Marks a text that has to lose its quotes again: JSON's numbers have none.
  private static final String BARE = "\u0001";

  private static final String BARE_IN_JSON = "\"\\\\u0001|\\\\u0001\"";
  private static final Pattern TEMPLATE = Pattern.compile("\\$\\{([^{}]+)}");

  private final Texts texts;
  private final Map<String, @Nullable Object> headers;

  BodyKeys(Texts texts, Map<String, @Nullable Object> headers) {
    this.texts = texts;
    this.headers = headers;
  }

  Map<String, @Nullable Object> of(Payload payload) {
    return switch (payload) {
      case Payload.Nothing() -> Map.of();
      case Payload.Form(List<Pair> fields) -> Map.of("form", form(fields));
      case Payload.Json(Object tree, String type) -> json(tree, type);
      case Payload.GraphQl graph -> Map.of("graphql", graphql(graph));
      case Payload.Multipart(List<Payload.Part> parts) -> Map.of("multipart", multipart(parts));
      case Payload.Text(String content, String type) -> text(content, type);
      case Payload.File(String path, String type) -> {
        contentType(type, "");
        yield Map.of("file", StepKeys.literal(path));
      }
      case Payload.Lost(long bytes, String type) -> {
        contentType(type, "");
        texts.note("The body of this request is not in the recording; it had " + bytes + " bytes.");
        yield Map.of("text", "");
      }
    };
  }

  private Map<String, @Nullable Object> form(List<Pair> fields) {
    Map<String, @Nullable Object> form = new LinkedHashMap<>();
    fields.forEach(
        field -> form.put(field.name(), texts.of(Place.BODY, field.name(), field.value())));
    return form;
  }

  private Map<String, @Nullable Object> multipart(List<Payload.Part> parts) {
    Map<String, @Nullable Object> multipart = new LinkedHashMap<>();
    for (Payload.Part part : parts) {
      String path = part.file();
      if (path == null) {
        multipart.put(part.name(), texts.of(Place.BODY, part.name(), part.value()));
      } else {
        Map<String, @Nullable Object> file = new LinkedHashMap<>();
        file.put("file", StepKeys.literal(path));
        if (part.type() != null) {
          file.put("type", part.type());
        }
        multipart.put(part.name(), file);
        texts.note("Put the file `" + path + "` beside this one.");
      }
    }
    return multipart;
  }

  private Map<String, @Nullable Object> graphql(Payload.GraphQl graph) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    keys.put("query", StepKeys.literal(graph.query()));
    if (graph.variables() != null && !graph.variables().isEmpty()) {
      keys.put(
          "variables", Json.read(Json.write(tree("", graph.variables())).replace("\\u0001", "")));
    }
    if (graph.operation() != null) {
      keys.put("operation", StepKeys.literal(graph.operation()));
    }
    return keys;
  }

  private Map<String, @Nullable Object> json(@Nullable Object json, @Nullable String type) {
    Object tree = tree("", json);
    String text = Json.write(tree);
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    if (depth(json) > DEEPEST || text.contains("\\u0001")) {
      headers.put("Content-Type", type == null ? "application/json" : type);
      keys.put("text", text.replaceAll(BARE_IN_JSON, ""));
    } else {
      contentType(type, "application/json");
      keys.put("json", tree);
    }
    return keys;
  }

  private @Nullable Object tree(String name, @Nullable Object json) {
    return switch (json) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        map.forEach(
            (key, value) -> object.put(String.valueOf(key), tree(String.valueOf(key), value)));
        yield object;
      }
      case List<?> list -> {
        List<@Nullable Object> array = new ArrayList<>();
        list.forEach(element -> array.add(tree(name, element)));
        yield array;
      }
      case String text -> texts.of(Place.BODY, name, text);
      case Integer number -> whole(name, number);
      case Long number -> whole(name, number);
      case null, default -> json;
    };
  }

  private Object whole(String name, Number number) {
    String written = texts.of(Place.BODY, name, number.toString());
    return written.equals(number.toString()) ? number : BARE + written + BARE;
  }

  private static int depth(@Nullable Object json) {
    Stream<?> inside =
        switch (json) {
          case Map<?, ?> map -> map.values().stream();
          case List<?> list -> list.stream();
          case null, default -> Stream.empty();
        };
    return 1 + inside.mapToInt(BodyKeys::depth).max().orElse(0);
  }

  private Map<String, @Nullable Object> text(String content, @Nullable String type) {
    contentType(type, "text/plain");
    return Map.of(
        "text",
        Answer.bare(type).equals(Payloads.FORM)
            ? Stream.of(content.split("&", -1)).map(this::field).collect(Collectors.joining("&"))
            : texts.of(Place.BODY, "", content));
  }

  /// Of a form that has to be written as text, since it has a name twice.
  private String field(String field) {
    int equals = field.indexOf('=');
    String name = Url.decoded(field.substring(0, Math.max(equals, 0)));
    String value = Url.decoded(field.substring(equals + 1));
    if (equals < 1 || name == null || value == null) {
      return StepKeys.literal(field);
    }
    Matcher template = TEMPLATE.matcher(texts.of(Place.BODY, name, value));
    return template.matches()
        ? field.substring(0, equals + 1) + "${url(" + template.group(1) + ")}"
        : StepKeys.literal(field);
  }

  private void contentType(@Nullable String type, String implied) {
    if (type != null && !Answer.bare(type).equals(implied)) {
      headers.put("Content-Type", type);
    }
  }
}
