package dev.allclear.probes.journey;

import dev.allclear.probes.Evidence;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Judgement;
import dev.allclear.probes.expect.Label;
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
  private Judgement judgement = Judgement.of(Outcome.pass());
  private boolean whole;

  Transmission(Session session, Moment start, Limit limit) {
    this.session = session;
    this.start = start;
    this.limit = limit;
    timeline = new Timeline(session.clock(), start);
  }

  Answer fetch(Request prepared, Link link) throws IOException {
    request = prepared;
    Answer answer = new Exchange(session, link, timeline, limit.deadline()).fetch(prepared);
    whole = !answer.body().cut();
    return answer;
  }

  Judgement hold(Request prepared, Step step, List<String> messages) throws IOException {
    request = prepared;
    whole = true;
    return new Dialogue(session, step, limit, timeline).hold(prepared, messages);
  }

  /// What its answer came to, as evidence, and who gave it.
  void found(Judgement found) {
    judgement = found;
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
            .of(shown(last(request), EVIDENCE_LENGTH), request, whole, checks());
  }

  /// The one that was answered in the end, where redirects were followed.
  private Request last(Request first) {
    Request sent = timeline.sent();
    return sent == null || timeline.hops().isEmpty() ? first : sent;
  }

  private List<Evidence.Check> checks() {
    return judgement.findings().stream()
        .map(each -> new Evidence.Check(each.expected(), each.actual(), each.holds()))
        .toList();
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
        Trace.idOf(request),
        new Reply.Labels(label(Label.SERVED_BY), label(Label.VERSION)));
  }

  private String label(Label label) {
    return judgement.labels().getOrDefault(label, "");
  }

  private Reply.Hop shown(Reply.Hop hop) {
    return new Reply.Hop(hop.status(), session.mask().show(hop.to(), REQUEST_LENGTH), hop.length());
  }

  private String shown(Request some, int length) {
    return session.mask().show(Requests.shown(some), length);
  }
}
