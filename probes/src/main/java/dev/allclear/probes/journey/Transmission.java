package dev.allclear.probes.journey;

import dev.allclear.probes.Evidence;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Answer;
import java.io.IOException;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// One request on its way and what is reported of it. Used on the run's thread.
final class Transmission {

  private static final int REQUEST_LENGTH = 300;
  private static final int EVIDENCE_LENGTH = 1000;

  private final Session session;
  private final Moment start;
  private final Limit limit;
  private final Timeline timeline;
  private @Nullable Request request;
  private boolean whole;

  Transmission(Session session, Moment start, Limit limit) {
    this.session = session;
    this.start = start;
    this.limit = limit;
    timeline = new Timeline(session.clock(), start);
  }

  Answer fetch(Request prepared, Link link, boolean json) throws IOException {
    request = prepared;
    Answer answer = new Exchange(session, link, timeline, limit.deadline()).fetch(prepared, json);
    whole = !answer.cut();
    return answer;
  }

  /// Zero if no answer came.
  int status() {
    Response head = timeline.head();
    return head == null ? 0 : head.code();
  }

  /// What an exception tells.
  Outcome broken(Throwable failure) {
    return new Diagnosis(timeline, session.mask()).of(failure, limit.length());
  }

  StepRun report(String name, Outcome outcome) {
    return new StepRun(name, start, timeline.end(), outcome, reply())
        .withEvidence(evidence(outcome.isFail()));
  }

  private @Nullable Evidence evidence(boolean wanted) {
    return request == null || !(wanted || session.evidenceOfAll())
        ? null
        : new Transcript(timeline, session.mask())
            .of(shown(request, EVIDENCE_LENGTH), request, whole, List.of());
  }

  private Reply reply() {
    if (request == null || !timeline.isBegun()) {
      return Reply.nothing();
    }
    Response head = timeline.head();
    return new Reply.Http(
        shown(request, REQUEST_LENGTH),
        status(),
        head == null ? "" : head.protocol().toString(),
        Diagnosis.literal(timeline.remote()),
        timeline.bytes(),
        timeline.phases(),
        timeline.hops().stream().map(this::shown).toList(),
        Trace.idOf(request));
  }

  private Reply.Hop shown(Reply.Hop hop) {
    return new Reply.Hop(hop.status(), session.mask().show(hop.to(), REQUEST_LENGTH), hop.length());
  }

  private String shown(Request some, int length) {
    return session.mask().show(Requests.shown(some), length);
  }
}
