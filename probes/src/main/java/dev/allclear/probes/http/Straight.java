package dev.allclear.probes.http;

import dev.allclear.probes.Moment;
import dev.allclear.probes.expect.Answer;
import dev.allclear.probes.tls.Causes;
import dev.allclear.probes.wire.HttpBreach;
import dev.allclear.probes.wire.HttpExchanged;
import dev.allclear.probes.wire.HttpHead;
import dev.allclear.probes.wire.HttpOpened;
import dev.allclear.probes.wire.HttpQuestion;
import dev.allclear.probes.wire.HttpRoute;
import dev.allclear.probes.wire.HttpShortage;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Sends one request without OkHttp, but as it would, so that nobody can tell the answers apart.
/// Used on the run's thread.
final class Straight {

  private final Client client;
  private final Link link;
  private final Timeline timeline;
  private final Moment deadline;
  private final Exchange exchange;

  Straight(Client client, Link link, Timeline timeline, Moment deadline) {
    this.client = client;
    this.link = link;
    this.timeline = timeline;
    this.deadline = deadline;
    exchange = new Exchange(client, link, timeline, deadline);
  }

  Answer fetch(Request request, Carrier carrier) throws IOException {
    return switch (carrier) {
      case Carrier.Over(Held held) -> {
        try {
          yield fetch(request, held);
        } finally {
          held.connection().judged();
        }
      }
      case Carrier.Fresh(Wire wire) -> {
        Held held = open(request, wire);
        // Only then it is judged.
        client.closing(held);
        yield fetch(request, held);
      }
    };
  }

  /// A new connection to where the request goes.
  Held open(Request request, Wire wire) throws IOException {
    HttpUrl url = exchange.prepared(request).url();
    List<InetAddress> addresses = addresses(url.host());
    IOException first = null;
    for (InetAddress address : addresses) {
      Held held = connect(new InetSocketAddress(address, url.port()), request, wire);
      IOException failure = held.opened().failure();
      if (failure == null) {
        return held;
      }
      held.close();
      if (failure instanceof InterruptedIOException) {
        throw failure;
      }
      timeline.refused(held.remote(), failure);
      first = first == null ? failure : first;
    }
    throw first == null ? new UnknownHostException("no addresses for " + url.host()) : first;
  }

  private List<InetAddress> addresses(String host) throws UnknownHostException {
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      timeline.enter(Timeline.Phase.DNS, client.clock().now());
      List<InetAddress> found = client.lookup(link, deadline).lookup(host);
      timeline.enter(Timeline.Phase.CONNECT, client.clock().now());
      return found;
    }
  }

  private Held connect(InetSocketAddress address, Request request, Wire wire) throws IOException {
    Moment begin = client.clock().now();
    timeline.connecting(address, begin);
    HttpRoute route = new HttpRoute(address, security(request.url()), protocols(request));
    var connection = wire.connect(route, deadline);
    try {
      HttpOpened opened = awaited(connection.opened());
      show(opened, route);
      return new Held(address, connection, opened);
    } catch (InterruptedIOException e) {
      connection.close();
      throw e;
    }
  }

  private void show(HttpOpened opened, HttpRoute route) {
    if (opened.connected() != null && route.security() != null) {
      timeline.enter(Timeline.Phase.TLS, opened.connected());
    }
    if (opened.secured() != null) {
      timeline.enter(Timeline.Phase.SEND, opened.secured());
    }
  }

  private @Nullable Engines security(HttpUrl url) {
    return url.isHttps()
        ? new Engines(LinkSettings.context(link), url.host(), timeline.demand())
        : null;
  }

  private List<String> protocols(Request request) {
    return switch (link.http()) {
      case ONE -> List.of(HttpRoute.ONE);
      case CLEARTEXT_TWO -> List.of(HttpRoute.TWO);
      case NEGOTIATED, TWO ->
          request.isHttps() ? List.of(HttpRoute.TWO, HttpRoute.ONE) : List.of(HttpRoute.ONE);
    };
  }

  private Answer fetch(Request request, Held held) throws IOException {
    Request sent = new Bridge(client.cookies()).over(exchange.prepared(request));
    timeline.reached(held.remote(), client.clock().now());
    HttpExchanged exchanged = awaited(held.connection().ask(question(sent), deadline));
    Response head = null;
    if (exchanged.head() != null) {
      held.answered(exchanged.head());
      head = head(sent, exchanged.head(), held);
    }
    timeline.asked(sent, exchanged, head);
    if (head != null) {
      client.cookies().received(sent.url(), head);
      Exchange.checkLength(head);
    }
    if (exchanged.failure() != null) {
      timeline.received(exchanged.body());
      throw told(exchanged.failure());
    }
    return exchange.answer(
        request, Objects.requireNonNull(head), exchanged.body(), exchanged.cut());
  }

  private static IOException told(IOException failure) {
    return switch (failure) {
      case HttpBreach breach -> new Breach(Causes.reason(breach));
      case HttpShortage _ -> new Intake.Shortage();
      default -> failure;
    };
  }

  private static HttpQuestion question(Request sent) throws IOException {
    HttpUrl url = sent.url();
    String query = url.encodedQuery();
    return new HttpQuestion(
        sent.method(),
        url.scheme(),
        Objects.requireNonNull(sent.header("Host")),
        url.encodedPath() + (query == null ? "" : "?" + query),
        Bridge.fields(sent.headers()),
        Bridge.body(sent));
  }

  private static Response head(Request sent, HttpHead head, Held held) {
    Response.Builder response =
        new Response.Builder()
            .request(sent)
            .protocol(Bridge.protocol(head, sent))
            .code(head.status())
            .message(head.message())
            .headers(Bridge.headers(head.fields()));
    return response.handshake(handshake(held)).build();
  }

  private static @Nullable Handshake handshake(Held held) {
    try {
      return held.opened().tls() == null ? null : Handshake.get(held.opened().tls());
    } catch (IOException _) {
      return null;
    }
  }

  /// If the thread is interrupted, what it waits for no longer matters.
  private static <T> T awaited(CompletableFuture<T> future) throws InterruptedIOException {
    try {
      return future.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
