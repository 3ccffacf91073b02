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
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How sources, predicates and values are named in findings: without secrets, and cut.
final class Wording {

  private final Values values;
  private final Mask mask;
  private final boolean cut;
  private final boolean secret;

  /// `cut` is true if more of the body followed than was read.
  Wording(Values values, Mask mask, boolean cut) {
    this(values, mask, cut, false);
  }

  private Wording(Values values, Mask mask, boolean cut, boolean secret) {
    this.values = values;
    this.mask = mask;
    this.cut = cut;
    this.secret = secret;
  }

  /// For the values of a source, which are not shown if its name is that of a secret.
  Wording of(Source source) {
    return new Wording(values, mask, cut, isSecret(source));
  }

  private boolean isSecret(Source source) {
    return switch (source) {
      case Source.Cookie(String name) -> mask.hidesParameter(name);
      case Source.Header(String name) -> mask.hides(name);
      case Source.Json _, Source.Css _, Source.Xpath _ -> mask.hides(source.subject());
      case Source.Body _, Source.Regex _, Source.Redirect _, Source.Remote _ -> false;
    };
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
      case Template _, String _, Number _, List<?> _, Map<?, ?> _ when secret -> Mask.MASKED;
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
