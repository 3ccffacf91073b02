package dev.allclear.probes.journey;

import java.time.Duration;
import java.util.List;
import java.util.Map;

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
    headers = Map.copyOf(headers);
    expectations = List.copyOf(expectations);
    captures = List.copyOf(captures);
  }
}
