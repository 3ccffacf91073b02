package dev.allclear.probes.journey;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.expect.Capture;
import dev.allclear.probes.expect.Checks;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.journey.WebSocket.Event;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
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

  private final Session session;
  private final Step step;
  private final Limit limit;
  private final Timeline timeline;
  private final Exchange exchange;
  private int count;
  private String lacks = "";

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

  Outcome hold(Request request, List<String> messages) throws IOException {
    session.endBy(limit.deadline());
    session.intake().begin(limit.deadline());
    try {
      return opened(request, messages);
    } finally {
      session.intake().end();
      timeline.end();
    }
  }

  private Outcome opened(Request request, List<String> messages) throws IOException {
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

  private Outcome open(Request request, List<String> messages) throws IOException {
    Call call = exchange.call(request);
    try (Response response = call.execute()) {
      Response head = Objects.requireNonNull(timeline.head());
      if (head.code() != Upgrade.STATUS) {
        return judge(
            exchange.answer(call, response, step.readsJson()),
            expected().toList(),
            step.captures());
      }
      Upgrade.check(request, response);
      return talk(head, Objects.requireNonNull(response.socket()), messages);
    }
  }

  private Outcome talk(Response head, Socket socket, List<String> messages) throws IOException {
    try {
      Outcome opening =
          judge(answer(head, ""), expected().filter(Dialogue::isOfHead).toList(), List.of());
      if (!opening.isPass()) {
        return opening;
      }
      timeline.await();
      endIn(socket, session.clock().now().until(limit.deadline()));
      BufferedSource in = Okio.buffer(socket.getSource());
      WebSocket webSocket = new WebSocket(in, Okio.buffer(socket.getSink()));
      for (String message : messages) {
        webSocket.send(message);
      }
      Outcome outcome = awaitsNone() ? opening : listen(head, webSocket);
      timeline.end();
      leave(socket, webSocket);
      return outcome;
    } finally {
      socket.cancel();
    }
  }

  private boolean awaitsNone() {
    return step.captures().isEmpty() && expected().allMatch(Dialogue::isOfHead);
  }

  private Outcome listen(Response head, WebSocket webSocket) throws IOException {
    try {
      while (count < MOST_MESSAGES) {
        Event event = webSocket.next();
        session.intake().renew();
        if (event instanceof Event.Closed closed) {
          return Outcome.fail(Cause.PROTOCOL, how(closed) + " before " + missed("any message"));
        }
        Outcome outcome = judge(head, event);
        if (outcome.isPass()) {
          return outcome;
        }
      }
      return Outcome.fail(
          Cause.ASSERTION, "no such message among %d; the last: %s".formatted(count, lacks));
    } catch (InterruptedIOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      String within = " within " + Diagnosis.text(limit.length());
      return Outcome.fail(
          Cause.TIMEOUT,
          count == 0
              ? "no message" + within + " (connected, the socket is open)"
              : "no such message%s; the last of %d: %s".formatted(within, count, lacks));
    }
  }

  private Outcome judge(Response head, Event event) {
    count++;
    Outcome outcome =
        switch (event) {
          case Event.Text(ByteString content, String text) -> {
            timeline.received(content);
            yield judge(answer(head, text), expected().toList(), step.captures());
          }
          case Event.Binary _, Event.Closed _ -> Outcome.fail(Cause.ASSERTION, "it is binary");
        };
    lacks = outcome instanceof Outcome.Failed(Cause _, String detail) ? detail : "";
    return outcome;
  }

  private String missed(String nothing) {
    return count == 0 ? nothing : "such a message; the last of %d: %s".formatted(count, lacks);
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

  private Answer answer(Response head, String message) {
    return Answer.of(head.code(), Exchange.headers(head), message, false, step.readsJson());
  }

  private Outcome judge(Answer answer, List<Expectation> expectations, List<Capture> captures) {
    return new Checks(answer, session.values(), session.mask()).judge(expectations, captures);
  }

  private Stream<Expectation> expected() {
    List<Expectation> own = step.expectations();
    return own.stream().anyMatch(Expectation.Status.class::isInstance)
        ? own.stream()
        : Stream.concat(Stream.of(OPENED), own.stream());
  }

  /// True of what the handshake's answer already has.
  private static boolean isOfHead(Expectation expectation) {
    return switch (expectation) {
      case Expectation.Status _, Expectation.Header _ -> true;
      case Expectation.BodyContains _,
          Expectation.BodyMatches _,
          Expectation.Json _,
          Expectation.JsonExists _ ->
          false;
    };
  }
}
