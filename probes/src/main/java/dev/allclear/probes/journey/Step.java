package dev.allclear.probes.journey;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One request with what is expected of its answer and what is kept of it. Redirects are not
/// followed: each is an answer of its own.
public record Step(
    String name,
    String method,
    Template url,
    Map<String, Template> headers,
    Body body,
    List<Expectation> expectations,
    List<Capture> captures,
    Duration timeout) {
  public Step {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    expectations = List.copyOf(expectations);
    captures = List.copyOf(captures);
  }

  /// The names of variables that earlier steps have to capture.
  public Set<String> variables() {
    return templates()
        .flatMap(template -> template.variables().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// True if its answer's body has to be read as JSON.
  boolean readsJson() {
    return expectations.stream()
            .anyMatch(e -> e instanceof Expectation.Json || e instanceof Expectation.JsonExists)
        || captures.stream().anyMatch(capture -> capture.source() instanceof Capture.Source.Json);
  }

  /// All templates in it.
  Stream<Template> templates() {
    return Stream.of(
            Stream.of(url),
            headers.values().stream(),
            body.templates(),
            expectations.stream().flatMap(Expectation::templates))
        .flatMap(some -> some);
  }
}
