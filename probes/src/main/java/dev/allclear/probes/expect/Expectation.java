package dev.allclear.probes.expect;

import dev.allclear.probes.template.Template;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What must hold of a step's answer. All of a step's expectations are evaluated; a step that names
/// no status expects 200-299.
public sealed interface Expectation {

  /// Any of the ranges, each inclusive.
  record Status(List<Range> ranges) implements Expectation {
    public Status {
      ranges = List.copyOf(ranges);
    }

    boolean allows(int status) {
      return ranges.stream().anyMatch(range -> range.first <= status && status <= range.last);
    }

    @Override
    public String toString() {
      return String.join(", ", ranges.stream().map(Range::toString).toList());
    }
  }

  record Range(int first, int last) {
    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  /// All predicates hold of what the source leads to.
  record Value(Source source, List<Predicate> predicates) implements Expectation {
    public Value {
      predicates = List.copyOf(predicates);
    }
  }

  /// The bytes of the body.
  record Size(Limits limits) implements Expectation {}

  /// The body fits it.
  record Schema(JsonSchema schema) implements Expectation {}

  record Condition(Cel cel) implements Expectation {}

  /// The objective: an answer that took longer passes, but is slow.
  record Within(Duration limit) implements Expectation {}

  /// At least this version, as 1.3, and the server's certificate valid for so many days more.
  record Tls(@Nullable String version, @Nullable Integer daysLeft) implements Expectation {}

  /// As in ALPN.
  record Protocol(String name) implements Expectation {}

  /// The address that answered is in one of them.
  record Remote(List<Network> networks) implements Expectation {
    public Remote {
      networks = List.copyOf(networks);
    }
  }

  /// The label has this value.
  record Labelled(Label label, Template value) implements Expectation {}

  /// Reads `200`, `2xx`, `200-299`, or a list of these with commas.
  ///
  /// @throws IllegalArgumentException with what is wrong and what to write instead
  static Expectation status(String text) {
    return new Status(Stream.of(text.split(",", -1)).map(StatusText::range).toList());
  }

  static Expectation of(Source source, Predicate... predicates) {
    return new Value(source, List.of(predicates));
  }

  /// The header contains the text, without regard to case.
  static Expectation header(String name, Template text) {
    return of(Source.header(name), new Predicate.Contains(text, true));
  }

  static Expectation contains(Template text) {
    return of(new Source.Body(), new Predicate.Contains(text, false));
  }

  /// Something in the body matches.
  ///
  /// @throws IllegalArgumentException if RE2 does not know the syntax
  static Expectation matches(String regex) {
    return of(new Source.Body(), Predicate.matches(regex));
  }

  /// The path leads to one value that equals the document.
  ///
  /// @throws IllegalArgumentException if the path is no JSONPath
  static Expectation json(String path, @Nullable Object document) {
    return of(Source.json(path), new Predicate.Equal(document));
  }

  /// The path leads to something.
  ///
  /// @throws IllegalArgumentException if the path is no JSONPath
  static Expectation jsonExists(String path) {
    return of(Source.json(path), new Predicate.Exists(true));
  }

  /// All templates in it.
  default Stream<Template> templates() {
    return switch (this) {
      case Value(Source _, List<Predicate> predicates) ->
          predicates.stream().flatMap(Predicate::templates);
      case Labelled(Label _, Template value) -> Stream.of(value);
      case Status _, Size _, Schema _, Condition _, Within _, Tls _, Protocol _, Remote _ ->
          Stream.empty();
    };
  }

  /// The variables that have to be known before it can be evaluated.
  default Stream<String> variables() {
    return this instanceof Condition(Cel cel)
        ? cel.variables().stream()
        : templates().flatMap(template -> template.variables().stream());
  }
}
