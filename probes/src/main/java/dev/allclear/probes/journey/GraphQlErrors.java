package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Document;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.template.JsonText;
import dev.allclear.probes.template.Mask;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what a GraphQL server could not do, which it may say with status 200 (GraphQL
/// specification, section 7.1).
final class GraphQlErrors {

  private final Answer answer;
  private final Mask mask;

  GraphQlErrors(Answer answer, Mask mask) {
    this.answer = answer;
    this.mask = mask;
  }

  /// The outcome with its errors, unless the step expects something of `$.errors`.
  Outcome added(Outcome outcome, List<Expectation> expectations) {
    String errors = expectations.stream().anyMatch(GraphQlErrors::isOfErrors) ? null : errors();
    if (errors == null) {
      return outcome;
    }
    return outcome instanceof Outcome.Failed(Cause cause, String detail)
        ? Outcome.fail(cause, detail + "; " + errors)
        : Outcome.fail(Cause.ASSERTION, errors);
  }

  private static boolean isOfErrors(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Json(String path, Object _) -> isOfErrors(path);
      case Expectation.JsonExists(String path) -> isOfErrors(path);
      case Expectation.Status _,
          Expectation.Header _,
          Expectation.BodyContains _,
          Expectation.BodyMatches _ ->
          false;
    };
  }

  private static boolean isOfErrors(String path) {
    return path.matches("\\$(\\.|\\[['\"])errors\\b.*");
  }

  /// Null if there are none. The answer of a success has to be one of GraphQL.
  private @Nullable String errors() {
    Document document = Document.parse(answer.body());
    List<@Nullable Object> errors = document == null ? List.of() : document.at("$.errors");
    if (errors.isEmpty() || errors.getFirst() == null) {
      boolean data = document != null && !document.at("$.data").isEmpty();
      return data || answer.status() / 100 != 2 ? null : "no GraphQL answer: it has no data";
    }
    return errors.getFirst() instanceof List<?> list
        ? list.isEmpty() ? null : "GraphQL error %s%s".formatted(message(list), more(list))
        : "GraphQL error " + mask.value(JsonText.write(errors.getFirst()));
  }

  private String message(List<?> errors) {
    return errors.getFirst() instanceof Map<?, ?> error && error.get("message") instanceof String s
        ? mask.quoted(s)
        : mask.value(JsonText.write(errors.getFirst()));
  }

  private static String more(List<?> errors) {
    return errors.size() == 1 ? "" : " and %d more".formatted(errors.size() - 1);
  }
}
