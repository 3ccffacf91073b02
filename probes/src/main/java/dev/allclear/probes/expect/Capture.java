package dev.allclear.probes.expect;

import com.google.re2j.Pattern;

/// A variable taken from a step's answer for the steps after it. One that is not there fails the
/// step with cause `extract`. Values of secret variables are masked in everything that is shown.
public record Capture(String variable, Source source, boolean secret) {

  /// Where the value stands.
  public sealed interface Source {

    /// The JSONPath leads to exactly one string, number or boolean.
    record Json(String path) implements Source {}

    /// The first group of the first match in the body, or the whole match if there is no group.
    record Regex(Pattern pattern) implements Source {}

    /// The first value of the header.
    record Header(String name) implements Source {}

    /// Checks the path.
    ///
    /// @throws IllegalArgumentException if the path is no JSONPath
    static Source json(String path) {
      return new Json(Syntax.jsonPath(path));
    }

    /// Compiles the expression.
    ///
    /// @throws IllegalArgumentException if RE2 does not know the syntax
    static Source regex(String regex) {
      return new Regex(Syntax.regex(regex));
    }
  }
}
