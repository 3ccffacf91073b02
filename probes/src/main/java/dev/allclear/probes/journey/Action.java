package dev.allclear.probes.journey;

import dev.allclear.probes.template.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// What a step does.
public sealed interface Action {

  /// One request. Redirects are not followed: each is an answer of its own.
  record Http(String method, Template url, Map<String, Template> headers, Body body)
      implements Action {
    public Http {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
  }

  static Action get(Template url) {
    return new Http("GET", url, Map.of(), Body.none());
  }

  /// Where it goes.
  Template url();

  /// All templates in it.
  default Stream<Template> templates() {
    return switch (this) {
      case Http(String _, Template url, Map<String, Template> headers, Body body) ->
          Stream.of(Stream.of(url), headers.values().stream(), body.templates())
              .flatMap(some -> some);
    };
  }
}
