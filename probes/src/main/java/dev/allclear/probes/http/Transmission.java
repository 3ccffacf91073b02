package dev.allclear.probes.http;

import dev.allclear.probes.Evidence;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Judgement;
import dev.allclear.probes.expect.Label;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// One request on its way and what is reported of it. Used on the run's thread.
public final class Transmission {

  private static final int REQUEST_LENGTH = 300;
  private static final int EVIDENCE_LENGTH = 1000;

  private final Client client;
  private final Moment start;
  private final Limit limit;
  private final Timeline timeline;
  private @Nullable Question question;
  private Judgement judgement = Judgement.of(Outcome.pass());
  private boolean whole;

  public Transmission(Client client, Moment start, Limit limit) {
    this.client = client;
    this.start = start;
    this.limit = limit;
    timeline = new Timeline(client.clock(), start);
  }

  /// Sends it and waits for its answer; what an exception tells, {@link #broken} says.
  public Answer fetch(Question asked, Link link) throws IOException {
    question = asked;
    Carrier carrier = client.carrier();
    Answer answer =
        carrier == null
            ? exchange(link).fetch(asked.request())
            : straight(link).fetch(asked.request(), carrier);
    whole = !answer.body().cut();
    return answer;
  }

  /// A WebSocket that is still to be opened.
  public Dialogue dialogue(Question asked, Link link) {
    question = asked;
    whole = true;
    return new Dialogue(
        client, asked.request(), exchange(link.upgradable()), timeline, limit.deadline());
  }

  /// A connection to where it goes, to be held; what an exception tells, {@link #broken} says.
  public Held hold(Question asked, Link link, Wire wire) throws IOException {
    question = asked;
    return straight(link).open(asked.request(), wire);
  }

  private Straight straight(Link link) {
    return new Straight(client, link, timeline, limit.deadline());
  }

  private Exchange exchange(Link link) {
    return new Exchange(client, link, timeline, limit.deadline());
  }

  /// What its answer came to, as evidence, and who gave it.
  public void found(Judgement found) {
    judgement = found;
  }

  /// Zero if no answer came.
  public int status() {
    Response head = timeline.head();
    return head == null ? 0 : head.code();
  }

  /// What an exception tells.
  public Outcome broken(Throwable failure) {
    return new Diagnosis(timeline, client.mask()).of(failure, limit.length());
  }

  public StepRun report(String name, Outcome outcome) {
    return new StepRun(name, start, timeline.end(), outcome, reply())
        .withEvidence(evidence(outcome.isFail()));
  }

  private @Nullable Evidence evidence(boolean wanted) {
    return question == null || !(wanted || client.evidenceOfAll())
        ? null
        : new Transcript(timeline, client.mask())
            .of(shown(last(question), EVIDENCE_LENGTH), question.request(), whole, checks());
  }

  /// The one that was answered in the end, where redirects were followed.
  private Question last(Question first) {
    Request sent = timeline.sent();
    return sent == null || timeline.hops().isEmpty() ? first : new Question(sent);
  }

  private List<Evidence.Check> checks() {
    return judgement.findings().stream()
        .map(each -> new Evidence.Check(each.expected(), each.actual(), each.holds()))
        .toList();
  }

  private Reply reply() {
    if (question == null || !timeline.isBegun()) {
      return Reply.nothing();
    }
    Response head = timeline.head();
    return new Reply.Http(
        shown(question, REQUEST_LENGTH),
        status(),
        head == null ? "" : Answers.protocol(head.protocol()),
        Diagnosis.literal(timeline.remote()),
        timeline.bytes(),
        timeline.phases(),
        timeline.hops().stream().map(this::shown).toList(),
        Trace.idOf(question.request()),
        new Reply.Labels(label(Label.SERVED_BY), label(Label.VERSION)),
        head == null ? null : RetryAfter.in(head.headers(), timeline.end()));
  }

  private String label(Label label) {
    return judgement.labels().getOrDefault(label, "");
  }

  private Reply.Hop shown(Reply.Hop hop) {
    return new Reply.Hop(hop.status(), client.mask().show(hop.to(), REQUEST_LENGTH), hop.length());
  }

  private String shown(Question some, int length) {
    return client.mask().show(some.shown(), length);
  }
}
