package dev.allclear.probes.http;

import dev.allclear.probes.Moment;
import dev.allclear.probes.expect.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;
import okio.Okio;
import okio.Socket;
import org.jspecify.annotations.Nullable;

/// A WebSocket from its opening handshake to its end. Used on the run's thread.
public final class Dialogue implements AutoCloseable {

  /// For the server to answer the closing frame.
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private static final int MOST_AT_FAREWELL = 100;
  private static final Answer.Body EMPTY = new Answer.Body("", 0, false);

  /// What the server did.
  public sealed interface Message {

    /// It is the body of the answer.
    record Text(Answer answer) implements Message {}

    record Binary() implements Message {}

    /// No more will come; `how` says so to people.
    record End(String how) implements Message {}
  }

  /// What there is once the socket is open.
  private record Open(Response head, Socket socket, WebSocket webSocket) {}

  private final Client client;
  private final Request request;
  private final Exchange exchange;
  private final Timeline timeline;
  private final Moment deadline;
  private @Nullable Open open;

  Dialogue(Client client, Request request, Exchange exchange, Timeline timeline, Moment deadline) {
    this.client = client;
    this.request = request;
    this.exchange = exchange;
    this.timeline = timeline;
    this.deadline = deadline;
  }

  /// The answer to the handshake.
  public Answer open() throws IOException {
    client.endBy(deadline);
    client.intake().begin(deadline);
    try {
      return handshake();
    } catch (IOException e) {
      if (!timeline.isStale() || timeline.isCanceled()) {
        throw e;
      }
      // As in Exchange: an idle connection that was closed tells nothing.
      client.hangUp();
      return handshake();
    }
  }

  /// False if the answer refused it.
  public boolean isOpen() {
    return open != null;
  }

  /// Sends messages.
  public void say(List<String> messages) throws IOException {
    Open now = Objects.requireNonNull(open);
    timeline.await();
    endIn(now.socket(), client.clock().now().until(deadline));
    for (String message : messages) {
      now.webSocket().send(message);
    }
  }

  /// Waits for the next message.
  public Message hear() throws IOException {
    Open now = Objects.requireNonNull(open);
    timeline.await();
    WebSocket.Event event = now.webSocket().next();
    client.intake().renew();
    return switch (event) {
      case WebSocket.Event.Text(ByteString content, String text) -> {
        timeline.received(content);
        Answer.Body body = new Answer.Body(text, content.size(), false);
        yield new Message.Text(exchange.answer(request, now.head(), body));
      }
      case WebSocket.Event.Binary() -> new Message.Binary();
      case WebSocket.Event.Closed(int code, String reason) -> new Message.End(how(code, reason));
    };
  }

  /// Section 7.1.1: a client waits for the server to answer, so that nothing is cut off.
  public void leave() {
    Open now = Objects.requireNonNull(open);
    timeline.end();
    try {
      Duration left = client.clock().now().until(deadline);
      endIn(now.socket(), left.compareTo(FAREWELL) < 0 ? left : FAREWELL);
      now.webSocket().sendClose();
      for (int i = 0; i < MOST_AT_FAREWELL; i++) {
        if (now.webSocket().next() instanceof WebSocket.Event.Closed) {
          return;
        }
        client.intake().renew();
      }
    } catch (IOException _) {
      // It is over; nothing is learned from it any more.
    }
  }

  @Override
  public void close() {
    if (open != null) {
      open.socket().cancel();
      open.head().close();
    }
    client.intake().end();
    timeline.end();
  }

  private Answer handshake() throws IOException {
    Call call = exchange.call(request);
    Response response = timeline.demand().during(call);
    if (response.code() != Upgrade.STATUS) {
      try (response) {
        return exchange.answer(request, call, response);
      }
    }
    open = opened(response);
    return exchange.answer(request, response, EMPTY);
  }

  private Open opened(Response response) throws IOException {
    try {
      Upgrade.check(request, response);
    } catch (IOException e) {
      response.close();
      throw e;
    }
    Socket socket = Objects.requireNonNull(response.socket());
    WebSocket webSocket =
        new WebSocket(Okio.buffer(socket.getSource()), Okio.buffer(socket.getSink()));
    return new Open(response, socket, webSocket);
  }

  private String how(int code, String reason) {
    return switch (code) {
      case 1005 -> "the socket was closed without a code";
      case 1006 -> "the connection was closed";
      default ->
          "the socket was closed with %d%s"
              .formatted(code, reason.isEmpty() ? "" : " " + client.mask().quoted(reason));
    };
  }

  private static void endIn(Socket socket, Duration length) {
    long nanos = Math.max(1, length.toNanos());
    socket.getSource().timeout().deadline(nanos, TimeUnit.NANOSECONDS);
    socket.getSink().timeout().deadline(nanos, TimeUnit.NANOSECONDS);
  }
}
