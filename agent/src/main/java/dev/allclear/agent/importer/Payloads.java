package dev.allclear.agent.importer;

import dev.allclear.agent.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells what kind of body a text is.
final class Payloads {
  static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("(?i)[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("(?i)filename=\"([^\"]*)\"");
  private static final Pattern TYPE = Pattern.compile("(?im)^Content-Type:\\s*([^\r\n]+)");
  private static final Set<String> GRAPHQL = Set.of("query", "variables", "operationName");

  private Payloads() {}

  /// `params` are what the recording made of the text itself; it may have kept only those.
  static Payload of(String text, List<Payload.Part> params, @Nullable String type) {
    String bare = Answer.bare(type);
    if (Answer.isJson(bare)) {
      return json(text, type);
    }
    if (bare.equals(FORM)) {
      return form(text, params, type);
    }
    if (bare.equals("multipart/form-data")) {
      List<Payload.Part> parts = params.isEmpty() ? parts(text, type) : params;
      return parts.isEmpty() ? new Payload.Text(text, type) : new Payload.Multipart(parts);
    }
    return text.isEmpty() ? new Payload.Nothing() : new Payload.Text(text, type);
  }

  private static Payload json(String text, @Nullable String type) {
    Object tree;
    try {
      tree = Json.read(text);
    } catch (IllegalArgumentException _) {
      return new Payload.Text(text, type);
    }
    if (tree instanceof Map<?, ?> map
        && map.get("query") instanceof String query
        && query.contains("{")
        && GRAPHQL.containsAll(map.keySet())) {
      return new Payload.GraphQl(
          query,
          map.get("variables") instanceof Map<?, ?> variables ? variables : null,
          map.get("operationName") instanceof String operation ? operation : null);
    }
    return new Payload.Json(tree, type);
  }

  private static Payload form(String text, List<Payload.Part> params, @Nullable String type) {
    if (text.isEmpty() && !params.isEmpty()) {
      return new Payload.Form(
          params.stream().map(param -> new Pair(param.name(), param.value())).toList());
    }
    List<Pair> fields = text.isEmpty() ? List.of() : Url.pairs(text);
    return fields == null ? new Payload.Text(text, type) : new Payload.Form(fields);
  }

  /// Of a body as it went over the wire (RFC 7578).
  private static List<Payload.Part> parts(String text, @Nullable String type) {
    Matcher boundary = BOUNDARY.matcher(type == null ? "" : type);
    List<Payload.Part> parts = new ArrayList<>();
    if (boundary.find()) {
      for (String part : text.split(Pattern.quote("--" + boundary.group(1)), -1)) {
        int blank = part.indexOf("\r\n\r\n");
        String name = blank < 0 ? null : found(NAME, part.substring(0, blank));
        if (name != null) {
          String head = part.substring(0, blank);
          String content = part.substring(blank + 4).replaceFirst("\r\n\\z", "");
          parts.add(new Payload.Part(name, content, found(FILE, head), found(TYPE, head)));
        }
      }
    }
    return parts;
  }

  private static @Nullable String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1).strip() : null;
  }
}
