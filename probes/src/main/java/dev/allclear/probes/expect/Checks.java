package dev.allclear.probes.expect;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.template.JsonText;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Holds one answer against what its step expects, then takes the captures out of it.
public final class Checks {

  private static final Expectation SUCCESS = Expectation.status("2xx");

  private final Answer answer;
  private final Values values;
  private final Mask mask;

  public Checks(Answer answer, Values values, Mask mask) {
    this.answer = answer;
    this.values = values;
    this.mask = mask;
  }

  public Outcome judge(List<Expectation> expectations, List<Capture> captures) {
    // First, so that no complaint shows the secret that this very answer brought.
    captures.stream().filter(Capture::secret).forEach(this::hide);
    List<Expectation> broken = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    for (Expectation expectation : withStatus(expectations)) {
      String complaint = complaint(expectation);
      if (complaint != null) {
        broken.add(expectation);
        complaints.add(complaint);
      }
    }
    return broken.isEmpty()
        ? capture(captures)
        : Outcome.fail(causeOf(broken), String.join("; ", complaints));
  }

  private static List<Expectation> withStatus(List<Expectation> expectations) {
    return expectations.stream().anyMatch(Expectation.Status.class::isInstance)
        ? expectations
        : Stream.concat(Stream.of(SUCCESS), expectations.stream()).toList();
  }

  private static Cause causeOf(List<Expectation> broken) {
    return broken.stream().anyMatch(Expectation.Status.class::isInstance)
        ? Cause.STATUS
        : Cause.ASSERTION;
  }

  private void hide(Capture capture) {
    String value = answer.find(capture.source());
    if (value != null) {
      mask.hide(value);
    }
  }

  private Outcome capture(List<Capture> captures) {
    List<String> missing = new ArrayList<>();
    for (Capture capture : captures) {
      String value = answer.find(capture.source());
      if (value == null) {
        missing.add("cannot capture %s: %s".formatted(capture.variable(), why(capture.source())));
      } else {
        values.put(capture.variable(), value);
      }
    }
    return missing.isEmpty()
        ? Outcome.pass()
        : Outcome.fail(Cause.EXTRACT, String.join("; ", missing));
  }

  private String why(Capture.Source source) {
    return switch (source) {
      case Capture.Source.Json(String _) when answer.document() == null ->
          "the body is no JSON" + scope();
      case Capture.Source.Json(String path) -> path + " leads to no single value" + scope();
      case Capture.Source.Regex(var pattern) ->
          "nothing in the body matches /%s/".formatted(mask.value(pattern.pattern())) + scope();
      case Capture.Source.Header(String name) -> "no header " + name;
    };
  }

  /// What does not hold, or null.
  private @Nullable String complaint(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Status status ->
          status.allows(answer.status())
              ? null
              : "status %d, expected %s".formatted(answer.status(), status);
      case Expectation.Header(String name, Template contains) ->
          header(name, values.render(contains));
      case Expectation.BodyContains(Template template) -> {
        String text = values.render(template);
        yield answer.body().contains(text)
            ? null
            : "body does not contain " + mask.quoted(text) + scope();
      }
      case Expectation.BodyMatches(var pattern) ->
          pattern.matcher(answer.body()).find()
              ? null
              : "body does not match /%s/".formatted(mask.value(pattern.pattern())) + scope();
      case Expectation.Json(String path, Object value) -> json(path, value);
      case Expectation.JsonExists(String path) ->
          found(path).isEmpty() ? notThere(path) + scope() : null;
    };
  }

  private @Nullable String header(String name, String text) {
    List<String> lines = answer.values(name);
    if (lines.isEmpty()) {
      return "no header %s, expected %s in it".formatted(name, mask.quoted(text));
    }
    String wanted = text.toLowerCase(Locale.ROOT);
    return lines.stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(wanted))
        ? null
        : "header %s is %s, expected %s in it"
            .formatted(name, mask.quoted(String.join(", ", lines)), mask.quoted(text));
  }

  private @Nullable String json(String path, Object expected) {
    List<@Nullable Object> found = found(path);
    if (found.size() == 1 && isEqual(found.getFirst(), expected)) {
      return null;
    }
    String what =
        switch (found.size()) {
          case 0 -> notThere(path);
          case 1 -> path + " is " + shown(found.getFirst());
          default -> "%s leads to %d values".formatted(path, found.size());
        };
    return what + ", expected " + shown(expected) + scope();
  }

  private List<@Nullable Object> found(String path) {
    Document document = answer.document();
    return document == null ? List.of() : document.at(path);
  }

  private String notThere(String path) {
    return answer.document() == null ? "body is no JSON, no " + path : path + " is missing";
  }

  private boolean isEqual(@Nullable Object actual, Object expected) {
    return switch (expected) {
      case Template template -> values.render(template).equals(actual);
      case Number number ->
          actual instanceof Number other
              && new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())) == 0;
      case Boolean bool -> bool.equals(actual);
      default -> Expectation.NULL.equals(expected) && actual == null;
    };
  }

  private String shown(@Nullable Object value) {
    return switch (value) {
      case Template template -> mask.quoted(values.render(template));
      case String text -> mask.quoted(text);
      case null, default -> mask.value(JsonText.write(value));
    };
  }

  private String scope() {
    return answer.cut() ? " in the first 1 MiB" : "";
  }
}
