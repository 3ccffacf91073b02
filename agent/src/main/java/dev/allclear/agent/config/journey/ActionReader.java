package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.journey.Action;
import dev.allclear.probes.journey.Body;
import dev.allclear.probes.journey.Head;
import dev.allclear.probes.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a step does: `get: URL` and its like, `method: PURGE` with `url: URL`, or `socket:
/// URL`.
final class ActionReader {
  private static final List<String> METHODS =
      List.of("get", "post", "put", "patch", "delete", "head", "options");
  private static final String METHOD = "method";
  private static final String URL = "url";
  private static final String SOCKET = "socket";
  private static final List<String> KINDS = kinds();
  private static final Pattern TOKEN = Pattern.compile("[A-Z][A-Z0-9_-]*");

  private final Variables variables;
  private final HeadReader headReader;
  private final BodyReader bodyReader;

  ActionReader(HeadReader headReader) {
    variables = headReader.variables();
    this.headReader = headReader;
    bodyReader = new BodyReader(variables);
  }

  @Nullable Action read(Value entry, MapReader map) {
    Value request = request(entry, map);
    if (request != null && request.name().equals(SOCKET)) {
      return socket(request, map);
    }
    String method = request == null ? null : method(request);
    Template url = request == null ? null : url(request, map);
    Head head = headReader.readStep(map, url == null ? Template.literal("") : url);
    Body body = bodyReader.read(map, method);
    for (Value message : map.allOf(List.of("send"))) {
      message.wrongKey("only a `socket` sends messages; write that, or remove it");
    }
    return method == null || url == null ? null : new Action.Http(method, head, body);
  }

  private @Nullable Action socket(Value request, MapReader map) {
    Template url = variables.socketUrl(request);
    Head head = headReader.readStep(map, url == null ? Template.literal("") : url);
    List<Template> messages = new ArrayList<>();
    for (Value message : map.list("send")) {
      Template text = variables.text(message);
      if (text != null) {
        messages.add(text);
      }
    }
    for (Value body : map.allOf(BodyReader.KINDS)) {
      body.wrongKey("a `socket` has no body; write `send: [TEXT]`");
    }
    Value until = map.get("until");
    if (until != null) {
      until.wrongKey("a `socket` waits by itself until `expect` holds; write `expect`, `timeout`");
    }
    return url == null ? null : new Action.Socket(head, messages);
  }

  private static @Nullable Value request(Value entry, MapReader map) {
    List<Value> requests = map.allOf(KINDS);
    Value url = requests.isEmpty() ? map.get(URL) : null;
    if (url != null) {
      url.wrongKey("`url` goes with `method`; write `get: URL`, or `method: GET` beside it");
    } else if (requests.isEmpty() && KINDS.stream().noneMatch(map::isMisspelt)) {
      entry.wrongKey(
          "the step has no request; write one of: " + String.join(": URL, ", METHODS) + ": URL");
    }
    if (requests.size() > 1) {
      Value second = requests.get(1);
      second.wrongKey("a step is one request; write `" + second.name() + "` in a step of its own");
    }
    return requests.isEmpty() ? null : requests.getFirst();
  }

  private static @Nullable String method(Value request) {
    return request.name().equals(METHOD)
        ? request.parsed("a method, as PURGE", ActionReader::method)
        : request.name().toUpperCase(Locale.ROOT);
  }

  /// RFC 9110 section 9.1: their case matters.
  private static String method(String text) {
    if (text.equals("CONNECT")) {
      throw new IllegalArgumentException("CONNECT is what proxies are asked; write `proxy: URL`");
    }
    if (TOKEN.matcher(text).matches()) {
      return text;
    }
    String upper = text.toUpperCase(Locale.ROOT);
    throw new IllegalArgumentException(
        "%s is no method; write %s"
            .formatted(
                Value.quoted(text), TOKEN.matcher(upper).matches() ? upper : "one, as PURGE"));
  }

  private @Nullable Template url(Value request, MapReader map) {
    return request.name().equals(METHOD)
        ? map.require(URL, "a URL, as `url: https://shop.example/`", variables::url)
        : variables.url(request);
  }

  private static List<String> kinds() {
    List<String> kinds = new ArrayList<>(METHODS);
    kinds.add(METHOD);
    kinds.add(SOCKET);
    return List.copyOf(kinds);
  }
}
