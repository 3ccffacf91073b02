package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Checks;
import java.io.IOException;
import java.util.Set;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// One attempt at one step: it is sent once, and its answer judged. Used on the run's thread.
final class Attempt {

  private static final int REQUEST_LENGTH = 300;

  private final Session session;
  private final Step step;
  private final Moment start;
  private final Limit limit;
  private final @Nullable String token;
  private final Timeline timeline;
  private @Nullable Request request;

  /// @param token the access token, for a step that needs one
  Attempt(Session session, Step step, Moment start, Limit limit, @Nullable String token) {
    this.session = session;
    this.step = step;
    this.start = start;
    this.limit = limit;
    this.token = token;
    timeline = new Timeline(session.clock(), start);
  }

  StepRun run() {
    Outcome outcome = outcome();
    return new StepRun(
        step.name(), start, timeline.end(), outcome, reply(session, request, timeline));
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

  private Outcome outcome(Action.Http http, Request toSend) {
    request = toSend;
    try {
      Answer answer = fetch(toSend);
      Outcome outcome =
          new Checks(answer, session.values(), session.mask())
              .judge(step.expectations(), step.captures());
      return http.body() instanceof Body.GraphQl
          ? new GraphQlErrors(answer, session.mask()).added(outcome, step.expectations())
          : outcome;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return new Diagnosis(timeline, session.mask()).of(e, limit.length());
    }
  }

  private Answer fetch(Request toSend) throws IOException {
    session.lookup().endBy(limit.deadline());
    return new Exchange(session.client(), session.clock(), timeline, limit.deadline())
        .fetch(toSend, step.readsJson());
  }

  /// A captured value may not fit into a URL or header; what the operator wrote is not the target's
  /// fault.
  private Outcome unsendable(IllegalArgumentException e) {
    String detail = session.mask().value("cannot be sent: " + e.getMessage());
    return step.variables().isEmpty()
        ? Outcome.inconclusive(detail)
        : Outcome.fail(Cause.EXTRACT, detail);
  }

  static Reply reply(Session session, @Nullable Request request, Timeline timeline) {
    if (request == null || !timeline.isBegun()) {
      return Reply.nothing();
    }
    Response head = timeline.head();
    return new Reply.Http(
        session.mask().show(Requests.shown(request), REQUEST_LENGTH),
        head == null ? 0 : head.code(),
        head == null ? "" : head.protocol().toString(),
        Diagnosis.literal(timeline.remote()),
        timeline.bytes(),
        timeline.phases(),
        Trace.idOf(request));
  }
}
