package dev.allclear.probes.expect;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a value stands in an answer; what is expected, captured and used as a label names it so.
public sealed interface Source {

  /// The text of the whole body.
  record Body() implements Source {}

  /// Where a JSONPath leads; one with `*`, `..` or a filter leads to any number of values.
  record Json(String path) implements Source {}

  /// The first group of the first match in the body, or the whole match if there is no group.
  record Regex(Pattern pattern) implements Source {}

  /// The header's value; several lines of it as one, with commas.
  record Header(String name) implements Source {}

  record Cookie(String name) implements Source {}

  /// The text of every element the selector matches, or an attribute of it.
  record Css(String selector, @Nullable String attribute) implements Source {}

  /// What an XPath leads to in XML or HTML, whatever the namespace.
  record Xpath(String path) implements Source {}

  /// The absolute URL the answer redirects to, or the part of it that matches.
  record Redirect(@Nullable Pattern part) implements Source {}

  /// The address that answered.
  record Remote() implements Source {}

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

  static Source header(String name) {
    return new Header(name);
  }

  /// Checks the selector; without an attribute it leads to text.
  ///
  /// @throws IllegalArgumentException if jsoup does not know the syntax
  static Source css(String selector, @Nullable String attribute) {
    return new Css(Syntax.selector(selector), attribute);
  }

  /// Checks the path.
  ///
  /// @throws IllegalArgumentException if it is no XPath 1.0
  static Source xpath(String path) {
    return new Xpath(Syntax.xpath(path));
  }

  /// Compiles the expression, which picks a part of the URL.
  ///
  /// @throws IllegalArgumentException if RE2 does not know the syntax
  static Source redirect(@Nullable String regex) {
    return new Redirect(regex == null ? null : Syntax.regex(regex));
  }

  /// True if it stands in the body.
  default boolean readsBody() {
    return switch (this) {
      case Body _, Json _, Regex _, Css _, Xpath _ -> true;
      case Header _, Cookie _, Redirect _, Remote _ -> false;
    };
  }

  /// As it begins a sentence about the value.
  default String subject() {
    return switch (this) {
      case Body() -> "body";
      case Json(String path) -> path;
      case Regex(Pattern pattern) -> "match of /" + pattern.pattern() + "/";
      case Header(String name) -> "header " + name;
      case Cookie(String name) -> "cookie " + name;
      case Css(String selector, String attribute) ->
          attribute == null ? selector : "attribute " + attribute + " of " + selector;
      case Xpath(String path) -> path;
      case Redirect _ -> "redirect location";
      case Remote() -> "remote address";
    };
  }
}
