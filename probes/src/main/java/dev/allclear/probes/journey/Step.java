package dev.allclear.probes.journey;

import dev.allclear.probes.expect.Capture;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One action with what is expected of its answer and what is kept of it.
public record Step(
    String name,
    Action action,
    Conduct conduct,
    List<Expectation> expectations,
    List<Capture> captures,
    Link link) {
  public Step {
    expectations = List.copyOf(expectations);
    captures = List.copyOf(captures);
  }

  /// Expects success and keeps nothing.
  public static Step of(String name, Action action, Duration timeout) {
    return new Step(name, action, Conduct.within(timeout), List.of(), List.of(), Link.DEFAULT);
  }

  public Step expecting(List<Expectation> expected) {
    return new Step(name, action, conduct, expected, captures, link);
  }

  public Step capturing(List<Capture> captured) {
    return new Step(name, action, conduct, expectations, captured, link);
  }

  public Step over(Link chosen) {
    return new Step(name, action, conduct, expectations, captures, chosen);
  }

  public Step conducted(Conduct chosen) {
    return new Step(name, action, chosen, expectations, captures, link);
  }

  /// The names of variables that have to be known before it.
  public Set<String> variables() {
    return templates()
        .flatMap(template -> template.variables().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// True if its answer's body has to be read as JSON.
  boolean readsJson() {
    return expected()
            .anyMatch(e -> e instanceof Expectation.Json || e instanceof Expectation.JsonExists)
        || captures.stream().anyMatch(capture -> capture.source() instanceof Capture.Source.Json);
  }

  /// All templates in it.
  Stream<Template> templates() {
    return Stream.concat(action.templates(), expected().flatMap(Expectation::templates));
  }

  /// Of its answer, in the end and while it waits.
  private Stream<Expectation> expected() {
    Until until = conduct.until();
    return until == null
        ? expectations.stream()
        : Stream.concat(until.expectations().stream(), expectations.stream());
  }
}
