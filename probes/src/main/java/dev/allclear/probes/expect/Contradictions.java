package dev.allclear.probes.expect;

import com.google.re2j.Pattern;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what values are instead of what a predicate demands, as it follows their name in a
/// sentence; null if the predicate holds.
final class Contradictions {

  private final Values values;
  private final Wording wording;
  private final Instant now;

  Contradictions(Values values, Wording wording, Instant now) {
    this.values = values;
    this.wording = wording;
    this.now = now;
  }

  @Nullable String of(Predicate predicate, Found.Values found) {
    return switch (predicate) {
      case Predicate.Exists(boolean wanted) -> wanted ? null : "is " + wording.shown(found.plain());
      case Predicate.Length(Limits limits) -> length(limits, found.whole());
      case Predicate.Each(List<Predicate> predicates) -> each(predicates, found.whole());
      case Predicate.Contains(Template text, boolean ignoringCase) when found.several() ->
          is(anyContains(found.values(), text, ignoringCase), found.plain());
      case Predicate.Equal(List<?> list) when found.several() ->
          is(isEqual(found.values(), list), found.values());
      case Predicate single ->
          found.values().size() == 1
              ? of(single, found.values().getFirst())
              : "leads to " + found.values().size() + " values";
    };
  }

  private @Nullable String of(Predicate predicate, @Nullable Object value) {
    return switch (predicate) {
      case Predicate.Equal(Object document) -> is(isEqual(value, document), value);
      case Predicate.Not(Object document) -> is(!isEqual(value, document), value);
      case Predicate.OneOf(List<@Nullable Object> documents) ->
          is(documents.stream().anyMatch(document -> isEqual(value, document)), value);
      case Predicate.Compare(Comparison comparison, BigDecimal bound) ->
          compared(comparison, bound, value);
      case Predicate.Type(Kind kind) -> is(Kind.of(value) == kind, value);
      case Predicate.Contains(Template text, boolean ignoringCase) ->
          is(contains(value, text, ignoringCase), value);
      case Predicate.Lacks(Template text) -> is(!contains(value, text, false), value);
      case Predicate.Matches(Pattern pattern) ->
          is(value instanceof String text && pattern.matcher(text).find(), value);
      case Predicate.NewerThan(Duration age) -> Age.contradiction(value, age, now, wording);
      case Predicate.Exists _, Predicate.Length _, Predicate.Each _ ->
          of(predicate, Found.one(value));
    };
  }

  private @Nullable String is(boolean holds, @Nullable Object value) {
    return holds ? null : "is " + wording.shown(value);
  }

  private @Nullable String length(Limits limits, @Nullable Object value) {
    long length =
        switch (value) {
          case String text -> text.codePointCount(0, text.length());
          case List<?> list -> list.size();
          case Map<?, ?> map -> map.size();
          case null, default -> -1;
        };
    if (length < 0) {
      return "is " + wording.shown(value) + ", without a length";
    }
    return limits.allows(length) ? null : "has length " + length;
  }

  private @Nullable String each(List<Predicate> predicates, @Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return "is " + wording.shown(value) + ", no list";
    }
    int place = 0;
    for (Object element : list) {
      place++;
      for (Predicate predicate : predicates) {
        String is = of(predicate, element);
        if (is != null) {
          return is + " in place " + place;
        }
      }
    }
    return null;
  }

  private @Nullable String compared(
      Comparison comparison, BigDecimal bound, @Nullable Object value) {
    BigDecimal number = Figure.number(value);
    if (number == null) {
      return "is " + wording.shown(value) + ", no number";
    }
    return is(comparison.holds(number, bound), value);
  }

  private boolean contains(@Nullable Object value, Template template, boolean ignoringCase) {
    if (value instanceof List<?> list) {
      return hasElement(list, template);
    }
    String wanted = values.render(template);
    return value instanceof String text
        && (ignoringCase
            ? text.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT))
            : text.contains(wanted));
  }

  private boolean anyContains(List<?> found, Template text, boolean ignoringCase) {
    return found.stream().anyMatch(value -> contains(value, text, ignoringCase));
  }

  private boolean hasElement(List<?> list, Template text) {
    return list.stream().anyMatch(element -> says(text, element));
  }

  private boolean isEqual(@Nullable Object actual, @Nullable Object document) {
    return switch (document) {
      case null -> actual == null;
      case Template template -> says(template, actual);
      case Number number ->
          actual instanceof Number && isEqual(Figure.number(number), Figure.number(actual));
      case List<?> list -> actual instanceof List<?> other && isEqual(other, list);
      case Map<?, ?> map -> actual instanceof Map<?, ?> other && isEqual(other, map);
      default -> document.equals(actual);
    };
  }

  /// What was captured as a number is text when it stands in a template.
  private boolean says(Template template, @Nullable Object actual) {
    String wanted = values.render(template);
    boolean captured = !template.variables().isEmpty();
    return switch (actual) {
      case Number number when captured -> isEqual(Figure.number(number), Figure.number(wanted));
      case Boolean is when captured -> is.toString().equals(wanted);
      case null, default -> wanted.equals(actual);
    };
  }

  private static boolean isEqual(@Nullable BigDecimal a, @Nullable BigDecimal b) {
    return a != null && b != null && a.compareTo(b) == 0;
  }

  private boolean isEqual(List<?> actual, List<?> document) {
    if (actual.size() != document.size()) {
      return false;
    }
    for (int i = 0; i < document.size(); i++) {
      if (!isEqual(actual.get(i), document.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isEqual(Map<?, ?> actual, Map<?, ?> document) {
    return actual.keySet().equals(document.keySet())
        && document.entrySet().stream()
            .allMatch(entry -> isEqual(actual.get(entry.getKey()), entry.getValue()));
  }
}
