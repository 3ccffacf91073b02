package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Checks;
import java.io.IOException;
import java.util.Set;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/// One attempt at one step: it is sent once, and its answer judged. Used on the run's thread.
final class Attempt {

  private final Session session;
  private final Step step;
  private final @Nullable String token;
  private final Transmission transmission;

  /// @param token the access token, for a step that needs one
  Attempt(Session session, Step step, Moment start, Limit limit, @Nullable String token) {
    this.session = session;
    this.step = step;
    this.token = token;
    transmission = new Transmission(session, start, limit);
  }

  StepRun run() {
    return transmission.report(step.name(), outcome());
  }

  private Outcome outcome() {
    Set<String> missing = session.values().missing(step.variables());
    if (!missing.isEmpty()) {
      return Outcome.fail(Cause.EXTRACT, "no value for " + String.join(", ", missing));
    }
    try {
      return switch (step.action()) {
        case Action.Http http -> outcome(http, Requests.of(http, session, token));
      };
    } catch (IllegalArgumentException e) {
      return unsendable(e);
    }
  }

  private Outcome outcome(Action.Http http, Request request) {
    try {
      Answer answer = transmission.fetch(request, step.readsJson());
      Outcome outcome =
          new Checks(answer, session.values(), session.mask())
              .judge(step.expectations(), step.captures());
      return http.body() instanceof Body.GraphQl
          ? new GraphQlErrors(answer, session.mask()).added(outcome, step.expectations())
          : outcome;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return transmission.broken(e);
    }
  }

  /// A captured value may not fit into a URL or header; what the operator wrote is not the target's
  /// fault.
  private Outcome unsendable(IllegalArgumentException e) {
    String detail = session.mask().value("cannot be sent: " + e.getMessage());
    return step.variables().isEmpty()
        ? Outcome.inconclusive(detail)
        : Outcome.fail(Cause.EXTRACT, detail);
  }
}
