package dev.allclear.probes.http;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.tls.Causes;
import dev.allclear.probes.wire.HttpExchanged;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/// How far one exchange got, and where its time went: phases without gaps from begin to end, over
/// all requests where redirects are followed. Used on the run's thread, except for {@link
/// #canceled}.
final class Timeline extends EventListener {

  /// In the order of an exchange.
  enum Phase {
    DNS,
    CONNECT,
    TLS,
    SEND,
    WAITING,
    RECEIVE
  }

  private final Clock clock;
  private final Map<Phase, Duration> spent = new EnumMap<>(Phase.class);
  private final List<String> refusals = new ArrayList<>();
  private final List<Reply.Hop> hops = new ArrayList<>();
  private final Demand demand = new Demand();
  private Moment since;
  private @Nullable Phase phase;
  private @Nullable InetSocketAddress remote;
  private @Nullable Request sent;
  private @Nullable Response head;
  private Moment turned;
  private boolean proxied;
  private boolean opened;
  private boolean reused;
  private boolean ended;
  private long bytes;
  private ByteString body = ByteString.EMPTY;
  private volatile boolean canceled;

  Timeline(Clock clock, Moment begin) {
    this.clock = clock;
    since = begin;
    turned = begin;
  }

  /// The phase the exchange is in, or ended in; null before the first.
  @Nullable Phase phase() {
    return phase;
  }

  /// The request's headers as they were sent, or null if they were not.
  @Nullable Request sent() {
    return sent;
  }

  /// The answer's status line and headers as they came, or null.
  @Nullable Response head() {
    return head;
  }

  @Nullable InetSocketAddress remote() {
    return remote;
  }

  /// Addresses that could not be connected to, and why.
  List<String> refusals() {
    return refusals;
  }

  /// The redirects that were followed, with all secrets in their URLs.
  List<Reply.Hop> hops() {
    return hops;
  }

  /// What the server wants to see of its client.
  Demand demand() {
    return demand;
  }

  /// True if a proxy is asked instead of the target.
  boolean isProxied() {
    return proxied;
  }

  long bytes() {
    return bytes;
  }

  boolean isCanceled() {
    return canceled;
  }

  /// True if a connection from an earlier exchange ended before any answer came on it: the server
  /// may have closed it while it was idle.
  boolean isStale() {
    return reused && head == null;
  }

  /// The answer led to this URL, which is asked next.
  void turn(String url) {
    hops.add(new Reply.Hop(Objects.requireNonNull(head).code(), url, turned.until(end())));
    turned = since;
    head = null;
    received(ByteString.EMPTY);
    opened = false;
    ended = false;
    canceled = false;
    refusals.clear();
  }

  /// The body as far as it came.
  ByteString body() {
    return body;
  }

  /// Shares the memory of what was read, until somebody changes it.
  void received(ByteString read) {
    bytes = read.size();
    body = read;
  }

  void received(ByteBuffer read) {
    received(ByteString.of(read.duplicate()));
  }

  /// True if OkHttp got as far as the first phase.
  boolean isBegun() {
    return phase != null;
  }

  /// There is more to come: a message is waited for.
  void await() {
    ended = false;
    enter(Phase.WAITING);
  }

  /// Ends the last phase, the first time this is called.
  Moment end() {
    if (!ended) {
      ended = true;
      advance(clock.now());
    }
    return since;
  }

  Phases phases() {
    return new Phases(
        spent(Phase.DNS),
        spent(Phase.CONNECT),
        spent(Phase.TLS),
        spent(Phase.SEND),
        spent(Phase.WAITING),
        spent(Phase.RECEIVE));
  }

  @Override
  public void proxySelectEnd(Call call, HttpUrl url, List<Proxy> proxies) {
    proxied = proxies.stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
  }

  @Override
  public void dnsStart(Call call, String host) {
    opened = true;
    enter(Phase.DNS);
  }

  @Override
  public void dnsEnd(Call call, String host, List<InetAddress> addresses) {
    enter(Phase.CONNECT);
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    opened = true;
    enter(Phase.CONNECT);
    remote = address;
  }

  @Override
  public void secureConnectStart(Call call) {
    enter(Phase.TLS);
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    enter(Phase.SEND);
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    enter(Phase.SEND);
  }

  @Override
  public void connectFailed(
      Call call,
      InetSocketAddress address,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException failure) {
    refusals.add(Diagnosis.name(address) + ": " + Causes.reason(failure));
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    reused = !opened;
    remote = connection.route().socketAddress();
    enter(Phase.SEND);
  }

  /// OkHttp flushes right after this event and has none for it.
  @Override
  public void requestHeadersEnd(Call call, Request request) {
    enter(Phase.WAITING);
    sent = request;
  }

  @Override
  public void requestBodyStart(Call call) {
    enter(Phase.SEND);
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    enter(Phase.WAITING);
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    enter(Phase.RECEIVE);
    head = response;
  }

  @Override
  public void canceled(Call call) {
    canceled = true;
  }

  /// A connection to this address is made.
  void connecting(InetSocketAddress address, Moment at) {
    enter(Phase.CONNECT, at);
    opened = true;
    remote = address;
  }

  /// None came about.
  void refused(InetSocketAddress address, IOException failure) {
    refusals.add(Diagnosis.name(address) + ": " + Causes.reason(failure));
  }

  /// There is a connection to this address.
  void reached(InetSocketAddress address, Moment at) {
    remote = address;
    enter(Phase.SEND, at);
  }

  /// What became of a request on a connection that OkHttp knows nothing of.
  void asked(Request request, HttpExchanged exchanged, @Nullable Response answer) {
    if (exchanged.sent() != null) {
      enter(Phase.WAITING, exchanged.sent());
    }
    if (exchanged.sent() != null || answer != null) {
      sent = request;
    }
    if (answer != null && exchanged.headed() != null) {
      enter(Phase.RECEIVE, exchanged.headed());
      head = answer;
    }
    ended = true;
    advance(exchanged.end());
  }

  /// What passed before the first phase, a few instructions of OkHttp, counts as part of it.
  private void enter(Phase next) {
    enter(next, clock.now());
  }

  void enter(Phase next, Moment at) {
    phase = phase == null ? next : phase;
    advance(at);
    phase = next;
  }

  private void advance(Moment now) {
    if (phase != null) {
      spent.merge(phase, since.until(now), Duration::plus);
    }
    since = now;
  }

  private Duration spent(Phase phase) {
    return spent.getOrDefault(phase, Duration.ZERO);
  }
}
