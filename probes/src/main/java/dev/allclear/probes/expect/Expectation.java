package dev.allclear.probes.expect;

import com.google.re2j.Pattern;
import dev.allclear.probes.template.Template;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/// What must hold of a step's answer. All of a step's expectations are evaluated; a step that names
/// no status expects 200-299.
public sealed interface Expectation {

  /// Any of the ranges, each inclusive.
  public record Status(List<Range> ranges) implements Expectation {
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

  public record Range(int first, int last) {
    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  /// Some value of the header contains the text, without regard to case.
  public record Header(String name, Template contains) implements Expectation {}

  public record BodyContains(Template text) implements Expectation {}

  /// Found anywhere in the body; RE2 syntax, linear time.
  public record BodyMatches(Pattern pattern) implements Expectation {}

  /// The JSONPath leads to exactly one value that equals `value`: a {@link Template} (compared with
  /// a string), Number, Boolean, or {@link #NULL}.
  public record Json(String path, Object value) implements Expectation {}

  /// The JSONPath leads to something.
  public record JsonExists(String path) implements Expectation {}

  /// JSON's null as the expected value.
  Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  /// Reads `200`, `2xx`, `200-299`, or a list of these with commas.
  ///
  /// @throws IllegalArgumentException with what is wrong and what to write instead
  public static Expectation status(String text) {
    return new Status(Stream.of(text.split(",", -1)).map(StatusText::range).toList());
  }

  /// Compiles the expression.
  ///
  /// @throws IllegalArgumentException if RE2 does not know the syntax
  public static Expectation matches(String regex) {
    return new BodyMatches(Syntax.regex(regex));
  }

  /// Checks the path and the kind of value.
  ///
  /// @throws IllegalArgumentException if the path is no JSONPath, or the value of no known kind
  public static Expectation json(String path, Object value) {
    Syntax.jsonPath(path);
    boolean known =
        value instanceof Template
            || value instanceof Boolean
            || value == NULL
            || (value instanceof Number number && isFinite(number));
    if (!known) {
      throw new IllegalArgumentException(
          "cannot compare %s with %s; write a string, a number, true, false or null"
              .formatted(path, value));
    }
    return new Json(path, value);
  }

  /// Checks the path.
  ///
  /// @throws IllegalArgumentException if the path is no JSONPath
  public static Expectation jsonExists(String path) {
    return new JsonExists(Syntax.jsonPath(path));
  }

  /// All templates in it.
  default Stream<Template> templates() {
    return switch (this) {
      case Header(String _, Template contains) -> Stream.of(contains);
      case BodyContains(Template text) -> Stream.of(text);
      case Json(String _, Template value) -> Stream.of(value);
      case Json _, JsonExists _, BodyMatches _, Status _ -> Stream.empty();
    };
  }

  private static boolean isFinite(Number number) {
    return number instanceof BigDecimal || Double.isFinite(number.doubleValue());
  }
}
