package dev.allclear.probes.http;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.template.Mask;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// One user of HTTP: the connections, cookies, lookups and limits that nobody else shares. Used on
/// the run's thread.
public final class Client implements AutoCloseable {

  /// What a link needs for http or for https.
  private record Line(Link link, boolean secure) {}

  /// One way to look hosts up: connections are shared only by links that have the same.
  private record Way(Addresses addresses, @Nullable String target) {}

  private final Clock clock;
  private final Addresses addresses;
  private final Mask mask;
  private final boolean evidenceOfAll;
  private final @Nullable Carrier carrier;
  private final Trace trace;
  private final Cookies cookies;
  private final Intake intake;
  private final ConnectionPool connections = new ConnectionPool();
  private final Map<Line, OkHttpClient> lines = new ConcurrentHashMap<>();
  private final Map<TlsContext, SSLSocketFactory> sockets = new ConcurrentHashMap<>();
  private final Map<Way, Lookup> lookups = new ConcurrentHashMap<>();
  private final Queue<Held> held = new ConcurrentLinkedQueue<>();
  private volatile Moment deadline;

  /// `mask` learns the secrets that come; `evidenceOfAll` is true if evidence is wanted of what
  /// passes, too.
  public Client(Clock clock, Addresses addresses, Mask mask, boolean evidenceOfAll) {
    this(clock, addresses, mask, evidenceOfAll, null);
  }

  /// `carrier` is null where OkHttp carries the requests.
  public Client(
      Clock clock,
      Addresses addresses,
      Mask mask,
      boolean evidenceOfAll,
      @Nullable Carrier carrier) {
    this.carrier = carrier;
    this.clock = clock;
    this.addresses = addresses;
    this.mask = mask;
    this.evidenceOfAll = evidenceOfAll;
    trace = Trace.start();
    cookies = new Cookies(clock, mask);
    intake = new Intake(clock);
    deadline = clock.now();
  }

  private Client(Client origin) {
    clock = origin.clock;
    addresses = origin.addresses;
    mask = origin.mask;
    evidenceOfAll = origin.evidenceOfAll;
    carrier = origin.carrier;
    trace = origin.trace;
    cookies = origin.cookies.copy();
    intake = new Intake(clock);
    deadline = origin.deadline;
  }

  /// For what another thread does at the same time: it begins with the cookies that are known now,
  /// on connections of its own.
  public Client fork() {
    return new Client(this);
  }

  /// Does now what takes its time once, as to load the authorities to trust, so that it is not
  /// taken for the target's.
  public void prepare(Link link, boolean secure) {
    HttpProxy proxy = link.proxy();
    if (proxy != null && proxy.login() != null) {
      mask.hide(proxy.login().password());
    }
    if (carrier == null) {
      var _ = line(link, secure);
    } else if (secure) {
      var _ = LinkSettings.context(link);
    }
  }

  /// A request for an http, https, ws or wss URL.
  ///
  /// @throws IllegalArgumentException if it is none
  public Draft draft(String url) {
    return new Draft(url, trace);
  }

  @Override
  public void close() {
    hangUp();
    held.forEach(Held::close);
  }

  /// It is closed with this.
  void closing(Held connection) {
    held.add(connection);
  }

  /// Closes the connections that are kept for later requests.
  void hangUp() {
    connections.evictAll();
  }

  @Nullable Carrier carrier() {
    return carrier;
  }

  Clock clock() {
    return clock;
  }

  Mask mask() {
    return mask;
  }

  boolean evidenceOfAll() {
    return evidenceOfAll;
  }

  Cookies cookies() {
    return cookies;
  }

  /// What the network may bring.
  Intake intake() {
    return intake;
  }

  /// Lookups end by then.
  void endBy(Moment moment) {
    deadline = moment;
  }

  /// For requests to http or https URLs.
  OkHttpClient line(Link link, boolean secure) {
    return lines.computeIfAbsent(new Line(link, secure), this::connect);
  }

  /// Who looks hosts up, until then.
  Lookup lookup(Link link, Moment end) {
    endBy(end);
    return lookup(link);
  }

  private OkHttpClient connect(Line line) {
    Link link = line.link();
    return LinkSettings.of(link, line.secure(), this::sockets)
        .socketFactory(new Sockets(intake))
        .dns(lookup(link))
        .cookieJar(cookies)
        .connectionPool(connections)
        .build();
  }

  private SSLSocketFactory sockets(TlsContext context) {
    return sockets.computeIfAbsent(context, TlsContext::sockets);
  }

  private Lookup lookup(Link link) {
    Target target = link.target();
    Way way =
        new Way(
            link.addresses() == null ? addresses : link.addresses(),
            target == null ? null : target.host());
    return lookups.computeIfAbsent(
        way, _ -> new Lookup(way.addresses(), way.target(), clock, () -> deadline));
  }
}
