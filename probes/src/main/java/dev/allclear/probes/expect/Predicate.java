package dev.allclear.probes.expect;

import com.google.re2j.Pattern;
import dev.allclear.probes.template.Template;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What must hold of the values a source leads to. A document is JSON as maps, lists, numbers,
/// booleans, null and a {@link Template} for every string.
public sealed interface Predicate {

  /// The source leads to something, or to nothing.
  record Exists(boolean wanted) implements Predicate {}

  /// One value, equal to the document.
  record Equal(@Nullable Object document) implements Predicate {}

  /// One value, not equal to the document.
  record Not(@Nullable Object document) implements Predicate {}

  /// Text with the text in it, or a list with an element equal to it.
  record Contains(Template text, boolean ignoringCase) implements Predicate {}

  record Lacks(Template text) implements Predicate {}

  /// Text in which something matches; RE2 syntax, linear time.
  record Matches(Pattern pattern) implements Predicate {}

  /// One value, equal to one of the documents.
  record OneOf(List<@Nullable Object> documents) implements Predicate {}

  /// A number, or text that is one.
  record Compare(Comparison comparison, BigDecimal number) implements Predicate {}

  /// The number of a text's characters, a list's elements, a map's members.
  record Length(Limits limits) implements Predicate {}

  record Type(Kind kind) implements Predicate {}

  /// Holds of each element of a list.
  record Each(List<Predicate> predicates) implements Predicate {
    public Each {
      predicates = List.copyOf(predicates);
    }
  }

  /// A time that has come, not longer ago than this.
  record NewerThan(Duration age) implements Predicate {}

  /// Compiles the expression.
  ///
  /// @throws IllegalArgumentException if RE2 does not know the syntax
  static Predicate matches(String regex) {
    return new Matches(Syntax.regex(regex));
  }

  /// All templates in it.
  default Stream<Template> templates() {
    return switch (this) {
      case Equal(Object document) -> templatesIn(document);
      case Not(Object document) -> templatesIn(document);
      case OneOf(var documents) -> documents.stream().flatMap(Predicate::templatesIn);
      case Contains(Template text, boolean _) -> Stream.of(text);
      case Lacks(Template text) -> Stream.of(text);
      case Each(List<Predicate> predicates) -> predicates.stream().flatMap(Predicate::templates);
      case Exists _, Matches _, Compare _, Length _, Type _, NewerThan _ -> Stream.empty();
    };
  }

  private static Stream<Template> templatesIn(@Nullable Object document) {
    return switch (document) {
      case Template template -> Stream.of(template);
      case Map<?, ?> map -> map.values().stream().flatMap(Predicate::templatesIn);
      case List<?> list -> list.stream().flatMap(Predicate::templatesIn);
      case null, default -> Stream.empty();
    };
  }
}
