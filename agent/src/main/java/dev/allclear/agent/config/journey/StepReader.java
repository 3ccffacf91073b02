package dev.allclear.agent.config.journey;

import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.MapReader;
import dev.allclear.agent.yaml.Value;
import dev.allclear.probes.expect.Capture;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.journey.Action;
import dev.allclear.probes.journey.Body;
import dev.allclear.probes.journey.Conduct;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.journey.Until;
import dev.allclear.probes.template.Template;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the steps of one journey, from the first to the last.
final class StepReader {
  private static final List<String> METHODS =
      List.of("get", "post", "put", "patch", "delete", "head", "options");
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final String AUTHORIZATION = "Authorization";

  private final Variables variables;
  private final BodyReader bodyReader;
  private final ExpectReader expectReader;
  private final CaptureReader captureReader;
  private final UntilReader untilReader;
  private final Set<String> names = new HashSet<>();
  private int count;

  StepReader(Variables variables) {
    this.variables = variables;
    bodyReader = new BodyReader(variables);
    expectReader = new ExpectReader(variables);
    captureReader = new CaptureReader(variables);
    untilReader = new UntilReader(expectReader);
  }

  @Nullable Step read(Value entry, Allowance allowance) {
    count++;
    if (!entry.isMap()) {
      variables.lose();
    }
    return entry.map("a map, as {get: https://shop.example/}", map -> step(entry, map, allowance));
  }

  private @Nullable Step step(Value entry, MapReader map, Allowance allowance) {
    String name = name(map.get("name"));
    Value request = request(entry, map);
    String method = request == null ? null : request.name().toUpperCase(Locale.ROOT);
    Template url = request == null ? null : variables.url(request);
    Map<String, Template> headers = headers(map);
    Body body = bodyReader.read(map, method);
    Conduct conduct = conduct(map, allowance);
    List<Expectation> expectations = expectReader.read(map);
    List<Capture> captures = captures(map);
    return name == null || method == null || url == null || conduct == null
        ? null
        : Step.of(name, new Action.Http(method, url, headers, body), conduct.timeout())
            .conducted(conduct)
            .expecting(expectations)
            .capturing(captures);
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

  private static @Nullable Value request(Value entry, MapReader map) {
    List<Value> requests = map.allOf(METHODS);
    if (requests.isEmpty() && METHODS.stream().noneMatch(map::isMisspelt)) {
      entry.wrongKey(
          "the step has no request; write one of: " + String.join(": URL, ", METHODS) + ": URL");
    }
    if (requests.size() > 1) {
      Value second = requests.get(1);
      second.wrongKey("a step is one request; write `" + second.name() + "` in a step of its own");
    }
    return requests.isEmpty() ? null : requests.getFirst();
  }

  private Map<String, Template> headers(MapReader map) {
    Map<String, Template> headers = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (Value header : map.entries("headers", "{Accept: text/html}")) {
      Template value = variables.header(header, "");
      if (!names.add(header.name().toLowerCase(Locale.ROOT))) {
        header.wrongKey("the header is there already; write it once");
      } else if (header.isHeader() && value != null) {
        headers.put(header.name(), value);
      }
    }
    Value bearer = map.get("bearer");
    if (bearer != null) {
      if (names.contains(AUTHORIZATION.toLowerCase(Locale.ROOT))) {
        bearer.wrongKey("`bearer` is the Authorization header, which is there; write one of them");
      }
      Template value = variables.header(bearer, "Bearer ");
      if (value != null) {
        headers.put(AUTHORIZATION, value);
      }
    }
    return headers;
  }

  private @Nullable Conduct conduct(MapReader map, Allowance allowance) {
    Duration timeout =
        map.duration("timeout", Durations.shorter(DEFAULT_TIMEOUT, allowance.length()));
    allowance.check(map, "timeout", timeout);
    Until until = map.get("until", value -> untilReader.read(value, allowance));
    return timeout == null ? null : Conduct.within(timeout).until(until);
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
