package dev.allclear.probes.expect;

import com.google.re2j.Pattern;
import dev.allclear.probes.Figures;
import dev.allclear.probes.template.JsonText;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How sources, predicates and values are named in findings: without secrets, and cut.
final class Wording {

  private final Values values;
  private final Mask mask;
  private final boolean cut;

  /// `cut` is true if more of the body followed than was read.
  Wording(Values values, Mask mask, boolean cut) {
    this.values = values;
    this.mask = mask;
    this.cut = cut;
  }

  /// How much of the body was seen, if not all of it.
  String scope(Source source) {
    return cut && source.readsBody() ? " in the first 1 MiB" : "";
  }

  String subject(Source source) {
    return mask.value(source.subject());
  }

  /// Text as it stands, as a pattern or an expression.
  String plain(String text) {
    return mask.value(text);
  }

  /// A value or document, as JSON.
  String shown(@Nullable Object value) {
    return switch (value) {
      case Template template -> mask.quoted(values.render(template));
      case String text -> mask.quoted(text);
      case null, default -> mask.value(JsonText.write(value, values::render));
    };
  }

  String length(Duration length) {
    return Figures.length(length);
  }

  String pattern(Pattern pattern) {
    return "/" + mask.value(pattern.pattern()) + "/";
  }

  /// What the predicate demands, as it follows "expected".
  String wanted(Predicate predicate) {
    return switch (predicate) {
      case Predicate.Exists(boolean wanted) -> wanted ? "present" : "none";
      case Predicate.Equal(Object document) -> shown(document);
      case Predicate.Not(Object document) -> "not " + shown(document);
      case Predicate.Contains(Template text, boolean _) -> shown(text) + " in it";
      case Predicate.Lacks(Template text) -> "no " + shown(text) + " in it";
      case Predicate.Matches(Pattern pattern) -> "a match of " + pattern(pattern);
      case Predicate.OneOf(List<@Nullable Object> documents) ->
          documents.stream().map(this::shown).collect(Collectors.joining(", ", "one of ", ""));
      case Predicate.Compare(Comparison comparison, BigDecimal number) ->
          comparison.words() + " " + number;
      case Predicate.Length(Limits limits) -> "length " + limits;
      case Predicate.Type(Kind kind) -> "type " + kind.label();
      case Predicate.Each(List<Predicate> predicates) ->
          predicates.stream().map(this::wanted).collect(Collectors.joining(" and ", "each ", ""));
      case Predicate.NewerThan(Duration age) -> "newer than " + length(age);
    };
  }
}
