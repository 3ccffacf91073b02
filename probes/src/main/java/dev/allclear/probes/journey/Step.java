package dev.allclear.probes.journey;

import dev.allclear.probes.expect.Capture;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Label;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One action with what is expected of its answer and what is kept of it. `given` are the arguments
/// of the groups it stands in, from the outermost to the innermost.
public record Step(
    String name,
    Action action,
    Conduct conduct,
    List<Expectation> expectations,
    List<Capture> captures,
    Map<Label, Source> labels,
    Link link,
    List<Given> given) {
  public Step {
    given = List.copyOf(given);
    expectations = List.copyOf(expectations);
    captures = List.copyOf(captures);
    labels = Map.copyOf(labels);
  }

  /// Expects success and keeps nothing.
  public static Step of(String name, Action action, Duration timeout) {
    return new Step(
        name,
        action,
        Conduct.within(timeout),
        List.of(),
        List.of(),
        Map.of(),
        Link.DEFAULT,
        List.of());
  }

  public Step expecting(List<Expectation> expected) {
    return new Step(name, action, conduct, expected, captures, labels, link, given);
  }

  public Step capturing(List<Capture> captured) {
    return new Step(name, action, conduct, expectations, captured, labels, link, given);
  }

  public Step labelling(Map<Label, Source> sources) {
    return new Step(name, action, conduct, expectations, captures, sources, link, given);
  }

  public Step over(Link chosen) {
    return new Step(name, action, conduct, expectations, captures, labels, chosen, given);
  }

  public Step conducted(Conduct chosen) {
    return new Step(name, action, chosen, expectations, captures, labels, link, given);
  }

  /// The same step inside one use of a group.
  public Step inside(Given use) {
    List<Given> all =
        Stream.concat(Stream.of(use), given.stream().map(inner -> inner.inside(use))).toList();
    return new Step(
        use.use() + ": " + name, action, conduct, expectations, captures, labels, link, all);
  }

  /// The names of variables that have to be known before it.
  public Set<String> variables() {
    Set<String> names =
        Stream.concat(
                action.templates().flatMap(template -> template.variables().stream()),
                expected().flatMap(Expectation::variables))
            .collect(Collectors.toUnmodifiableSet());
    for (Given use : given.reversed()) {
      names = use.outside(names);
    }
    return Set.copyOf(names);
  }

  /// True if nothing about it is only OkHttp's to do.
  boolean suitsTheWire() {
    boolean plain =
        action instanceof Action.Http(String _, Head head, Body body)
            && !(head.auth() instanceof Auth.OAuth2)
            && body.isShort();
    return plain && conduct.isOnce() && link.suitsTheWire();
  }

  /// All templates in it and in what it is given.
  Stream<Template> templates() {
    return Stream.concat(own(), given.stream().flatMap(use -> use.arguments().values().stream()));
  }

  private Stream<Template> own() {
    return Stream.concat(action.templates(), expected().flatMap(Expectation::templates));
  }

  /// Of its answer, in the end and while it waits.
  Stream<Expectation> expected() {
    Until until = conduct.until();
    return until == null
        ? expectations.stream()
        : Stream.concat(until.expectations().stream(), expectations.stream());
  }
}
