package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Checks;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Judgement;
import dev.allclear.probes.expect.Label;
import dev.allclear.probes.expect.Predicate;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.http.Dialogue;
import dev.allclear.probes.http.Dialogue.Message;
import dev.allclear.probes.template.Template;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// One attempt at a WebSocket step: the handshake is judged, messages are sent, and those that come
/// are judged until one of them has all that is expected and captured. Used on the run's thread.
final class Listening {

  private static final int MOST_MESSAGES = 10_000;
  private static final Expectation OPENED = Expectation.status("101");

  private final Session session;
  private final Step step;
  private final Duration limit;
  private final Dialogue dialogue;
  private int count;
  private Judgement last = Judgement.of(Outcome.pass());

  Listening(Session session, Step step, Duration limit, Dialogue dialogue) {
    this.session = session;
    this.step = step;
    this.limit = limit;
    this.dialogue = dialogue;
  }

  Judgement hold(List<String> messages) throws IOException {
    Checks opening = checks(dialogue.open());
    if (!dialogue.isOpen()) {
      return opening.judge(expected().toList());
    }
    Judgement opened = opening.hold(expected().filter(this::isOfHead).toList());
    if (!opened.outcome().isPass()) {
      return opened;
    }
    dialogue.say(messages);
    Judgement judgement = awaitsNone() ? opening.judge(expected().toList()) : listen();
    dialogue.leave();
    return judgement;
  }

  private boolean awaitsNone() {
    return step.captures().stream().noneMatch(capture -> capture.source().readsBody())
        && expected().allMatch(this::isOfHead);
  }

  private Judgement listen() throws IOException {
    try {
      while (count < MOST_MESSAGES) {
        Message message = dialogue.hear();
        if (message instanceof Message.End(String how)) {
          return last.but(Outcome.fail(Cause.PROTOCOL, how + " before " + missed("any message")));
        }
        count++;
        last = judge(message);
        if (last.outcome().isPass()) {
          return last;
        }
      }
      return last.but(
          Outcome.fail(
              Cause.ASSERTION, "no such message among %d; the last: %s".formatted(count, lacks())));
    } catch (InterruptedIOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return last.but(Outcome.fail(Cause.TIMEOUT, tooLong()));
    }
  }

  private Judgement judge(Message message) {
    return message instanceof Message.Text(Answer answer)
        ? checks(answer).judge(expected().toList())
        : Judgement.of(Outcome.fail(Cause.ASSERTION, "it is binary"));
  }

  private String tooLong() {
    String within = " within " + Figures.written(limit);
    return count == 0
        ? "no message" + within + " (connected, the socket is open)"
        : "no such message%s; the last of %d: %s".formatted(within, count, lacks());
  }

  private String missed(String nothing) {
    return count == 0 ? nothing : "such a message; the last of %d: %s".formatted(count, lacks());
  }

  private String lacks() {
    return last.outcome() instanceof Outcome.Failed(Cause _, String detail) ? detail : "";
  }

  private Checks checks(Answer answer) {
    return new Checks(answer, session.values(), session.mask(), step.captures(), step.labels());
  }

  private Stream<Expectation> expected() {
    List<Expectation> own = step.expectations();
    return own.stream().anyMatch(Expectation.Status.class::isInstance)
        ? own.stream()
        : Stream.concat(Stream.of(OPENED), own.stream());
  }

  /// True of what the handshake's answer already has.
  private boolean isOfHead(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Status _,
          Expectation.Tls _,
          Expectation.Protocol _,
          Expectation.Remote _,
          Expectation.Within _ ->
          true;
      case Expectation.Value(Source source, List<Predicate> _) -> !source.readsBody();
      case Expectation.Labelled(Label label, Template _) -> {
        Source source = step.labels().get(label);
        yield source == null || !source.readsBody();
      }
      case Expectation.Size _, Expectation.Schema _, Expectation.Condition _ -> false;
    };
  }
}
