package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Evidence;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Checks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// One attempt at one step: it is sent once, and its answer judged. Used on the run's thread.
final class Attempt {

  private static final int REQUEST_LENGTH = 300;
  private static final int EVIDENCE_LENGTH = 1000;

  private final Session session;
  private final Step step;
  private final Moment start;
  private final Duration limit;
  private final Timeline timeline;
  private boolean repeatable;
  private @Nullable Request request;
  private boolean whole;

  Attempt(Session session, Step step, Moment start, Duration limit) {
    this.session = session;
    this.step = step;
    this.start = start;
    this.limit = limit;
    timeline = new Timeline(session.clock(), start);
  }

  StepRun run() {
    Outcome outcome = outcome();
    return new StepRun(step.name(), start, timeline.end(), outcome, reply())
        .withEvidence(evidence(outcome.isFail()));
  }

  /// True if what the step waits for does not hold yet, as far as this attempt could tell.
  boolean isRepeatable() {
    return repeatable;
  }

  private Outcome outcome() {
    Set<String> missing = session.values().missing(step.variables());
    if (!missing.isEmpty()) {
      return Outcome.fail(Cause.EXTRACT, "no value for " + String.join(", ", missing));
    }
    Request prepared;
    try {
      prepared = request();
    } catch (IllegalArgumentException e) {
      return unsendable(e);
    }
    try {
      Answer answer = fetch(prepared);
      whole = !answer.cut();
      return judge(new Checks(answer, session.values(), session.mask()));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      Outcome outcome = new Diagnosis(timeline, session.mask()).of(e, limit);
      repeatable = outcome.isFail();
      return outcome;
    }
  }

  private Outcome judge(Checks checks) {
    Until until = step.conduct().until();
    if (until == null) {
      return checks.judge(step.expectations(), step.captures());
    }
    Outcome awaited = checks.judge(until.awaited(step.expectations()), List.of());
    repeatable = !awaited.isPass();
    return repeatable ? awaited : checks.judge(until.then(step.expectations()), step.captures());
  }

  private Answer fetch(Request prepared) throws IOException {
    request = prepared;
    return new Exchange(session, step.link(), timeline, start.plus(limit))
        .fetch(prepared, step.readsJson());
  }

  private Request request() {
    return switch (step.action()) {
      case Action.Http http -> Requests.of(http, session.values());
    };
  }

  private String shown() {
    return switch (step.action()) {
      case Action.Http http -> Requests.shown(http, session.values());
    };
  }

  /// A captured value may not fit into a URL or header; what the operator wrote is not the target's
  /// fault.
  private Outcome unsendable(IllegalArgumentException e) {
    String detail = session.mask().value("cannot be sent: " + e.getMessage());
    return step.variables().isEmpty()
        ? Outcome.inconclusive(detail)
        : Outcome.fail(Cause.EXTRACT, detail);
  }

  private @Nullable Evidence evidence(boolean wanted) {
    return request == null || !(wanted || session.evidenceOfAll())
        ? null
        : new Transcript(timeline, session.mask())
            .of(session.mask().show(shown(), EVIDENCE_LENGTH), request, whole, List.of());
  }

  private Reply reply() {
    if (!timeline.isBegun()) {
      return Reply.nothing();
    }
    Response head = timeline.head();
    return new Reply.Http(
        session.mask().show(shown(), REQUEST_LENGTH),
        head == null ? 0 : head.code(),
        head == null ? "" : head.protocol().toString(),
        Diagnosis.literal(timeline.remote()),
        timeline.bytes(),
        timeline.phases(),
        timeline.hops().stream().map(this::shown).toList());
  }

  private Reply.Hop shown(Reply.Hop hop) {
    return new Reply.Hop(hop.status(), session.mask().show(hop.to(), REQUEST_LENGTH), hop.length());
  }
}
