package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Checks;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Judgement;
import dev.allclear.probes.expect.Label;
import dev.allclear.probes.expect.Predicate;
import dev.allclear.probes.expect.Source;
import dev.allclear.probes.journey.WebSocket.Event;
import dev.allclear.probes.template.Template;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;
import okio.Okio;
import okio.Socket;

/// One attempt at a WebSocket step: the handshake is judged, messages are sent, and those that come
/// are judged until one of them has all that is expected and captured. Used on the run's thread.
final class Dialogue {

  private static final int MOST_MESSAGES = 10_000;

  /// For the server to answer the closing frame.
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private static final int MOST_AT_FAREWELL = 100;
  private static final Expectation OPENED = Expectation.status("101");
  private static final Answer.Body EMPTY = new Answer.Body("", 0, false);

  private final Session session;
  private final Step step;
  private final Limit limit;
  private final Timeline timeline;
  private final Exchange exchange;
  private int count;
  private Judgement last = Judgement.of(Outcome.pass());

  Dialogue(Session session, Step step, Limit limit, Timeline timeline) {
    this.session = session;
    this.step = step;
    this.limit = limit;
    this.timeline = timeline;
    exchange = new Exchange(session, link(step), timeline, limit.deadline());
  }

  /// Only HTTP/1.1 can turn into a WebSocket as of RFC 6455.
  static Link link(Step step) {
    return step.link().speaking(Link.Http.ONE);
  }

  Judgement hold(Request request, List<String> messages) throws IOException {
    session.endBy(limit.deadline());
    session.intake().begin(limit.deadline());
    try {
      return opened(request, messages);
    } finally {
      session.intake().end();
      timeline.end();
    }
  }

  private Judgement opened(Request request, List<String> messages) throws IOException {
    try {
      return open(request, messages);
    } catch (IOException e) {
      if (!timeline.isStale() || timeline.isCanceled()) {
        throw e;
      }
      // As in Exchange: an idle connection that was closed tells nothing.
      exchange.client(request).connectionPool().evictAll();
      return open(request, messages);
    }
  }

  private Judgement open(Request request, List<String> messages) throws IOException {
    Call call = exchange.call(request);
    try (Response response = call.execute()) {
      if (response.code() != Upgrade.STATUS) {
        return checks(exchange.answer(request, call, response)).judge(expected().toList());
      }
      Upgrade.check(request, response);
      return talk(request, response, messages);
    }
  }

  private Judgement talk(Request request, Response response, List<String> messages)
      throws IOException {
    Socket socket = Objects.requireNonNull(response.socket());
    try {
      Checks opening = checks(exchange.answer(request, response, EMPTY));
      Judgement opened = opening.hold(expected().filter(this::isOfHead).toList());
      if (!opened.outcome().isPass()) {
        return opened;
      }
      timeline.await();
      endIn(socket, session.clock().now().until(limit.deadline()));
      WebSocket webSocket =
          new WebSocket(Okio.buffer(socket.getSource()), Okio.buffer(socket.getSink()));
      for (String message : messages) {
        webSocket.send(message);
      }
      Judgement judgement =
          awaitsNone()
              ? opening.judge(expected().toList())
              : listen(webSocket, event -> judge(request, response, event));
      timeline.end();
      leave(socket, webSocket);
      return judgement;
    } finally {
      socket.cancel();
    }
  }

  private boolean awaitsNone() {
    return step.captures().stream().noneMatch(capture -> capture.source().readsBody())
        && expected().allMatch(this::isOfHead);
  }

  private Judgement listen(WebSocket webSocket, Function<Event, Judgement> judge)
      throws IOException {
    try {
      while (count < MOST_MESSAGES) {
        Event event = webSocket.next();
        session.intake().renew();
        if (event instanceof Event.Closed closed) {
          return last.but(
              Outcome.fail(Cause.PROTOCOL, how(closed) + " before " + missed("any message")));
        }
        count++;
        last = judge.apply(event);
        if (last.outcome().isPass()) {
          return last;
        }
        timeline.await();
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

  private Judgement judge(Request request, Response head, Event event) {
    return switch (event) {
      case Event.Text(ByteString content, String text) -> {
        timeline.received(content);
        Answer.Body body = new Answer.Body(text, content.size(), false);
        yield checks(exchange.answer(request, head, body)).judge(expected().toList());
      }
      case Event.Binary _, Event.Closed _ ->
          Judgement.of(Outcome.fail(Cause.ASSERTION, "it is binary"));
    };
  }

  private String tooLong() {
    String within = " within " + Diagnosis.text(limit.length());
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

  private String how(Event.Closed closed) {
    return switch (closed.code()) {
      case 1005 -> "the socket was closed without a code";
      case 1006 -> "the connection was closed";
      default ->
          "the socket was closed with %d%s"
              .formatted(
                  closed.code(),
                  closed.reason().isEmpty() ? "" : " " + session.mask().quoted(closed.reason()));
    };
  }

  /// Section 7.1.1: a client waits for the server to answer, so that nothing is cut off.
  private void leave(Socket socket, WebSocket webSocket) {
    try {
      endIn(socket, FAREWELL);
      webSocket.sendClose();
      for (int i = 0; i < MOST_AT_FAREWELL; i++) {
        if (webSocket.next() instanceof Event.Closed) {
          return;
        }
        session.intake().renew();
      }
    } catch (IOException _) {
      // The step is over; nothing is learned from it any more.
    }
  }

  private static void endIn(Socket socket, Duration length) {
    long nanos = Math.max(1, length.toNanos());
    socket.getSource().timeout().deadline(nanos, TimeUnit.NANOSECONDS);
    socket.getSink().timeout().deadline(nanos, TimeUnit.NANOSECONDS);
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
