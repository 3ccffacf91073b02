package dev.allclear.probes.wire;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.tls.Causes;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Carries DNS messages and HTTP requests to servers and their answers back, and tells exactly
/// when. Follows nothing and repeats nothing: a truncated answer is an answer. Any thread.
public final class Wire implements AutoCloseable {
  static final String CLOSED = "the wire is closed";
  private static final int MOST_UNDER_WAY = 20_000;
  private static final int MOST_SECONDS_TO_CLOSE = 5;

  private final Clock clock;
  private final MultiThreadIoEventLoopGroup datagramLoop;
  private final MultiThreadIoEventLoopGroup streamLoop;
  private final MultiThreadIoEventLoopGroup httpLoop;
  private final Shares shares = new Shares();
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService arithmetic = Executors.newVirtualThreadPerTaskExecutor();
  private final Datagrams datagrams;
  private final Streams streams;
  private final Semaphore free = new Semaphore(MOST_UNDER_WAY);
  private final Set<Asked> underWay = ConcurrentHashMap.newKeySet();
  private volatile Strays strays = Strays.NONE;

  private Wire(Clock clock) {
    this.clock = clock;
    SecureRandom random = new SecureRandom();
    // Apart, since a handshake would delay the time stamps of datagrams.
    datagramLoop = loop("allclear-datagrams");
    streamLoop = loop("allclear-streams");
    httpLoop = loop("allclear-http");
    datagrams = new Datagrams(datagramLoop.next(), clock, random, this::stray);
    streams = new Streams(streamLoop.next(), clock, random, arithmetic);
  }

  /// Its threads start with the first query.
  public static Wire open(Clock clock) {
    return new Wire(clock);
  }

  private static MultiThreadIoEventLoopGroup loop(String name) {
    return new MultiThreadIoEventLoopGroup(
        1, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  /// Never completes exceptionally, and never later than the query's timeout allows; to cancel it
  /// ends the query. Completes on a thread that others wait for: what depends on it must not block.
  public CompletableFuture<Exchanged> send(Query query) {
    Asked asked = new Asked(query, clock);
    if (!free.tryAcquire()) {
      asked.unsent(MOST_UNDER_WAY + " queries are under way");
      return asked.future();
    }
    underWay.add(asked);
    var _ =
        asked
            .future()
            .whenComplete((_, _) -> {
              underWay.remove(asked);
              free.release();
            });
    start(asked);
    return asked.future();
  }

  private void start(Asked asked) {
    try {
      switch (asked.query().route()) {
        case Route.Udp udp ->
            on(datagramLoop.next(), asked, () -> datagrams.ask(asked, udp.address()));
        case Route.Tcp tcp -> on(streamLoop.next(), asked, () -> streams.ask(asked, tcp));
        case Route.Tls tls -> on(streamLoop.next(), asked, () -> streams.ask(asked, tls));
        case Route.Https https -> on(streamLoop.next(), asked, () -> streams.ask(asked, https));
      }
    } catch (RejectedExecutionException _) {
      asked.unsent(CLOSED);
    }
  }

  private static void on(EventLoop loop, Asked asked, Runnable task) {
    loop.execute(() -> {
      try {
        if (!asked.isOver()) {
          task.run();
        }
      } catch (ChannelException e) {
        asked.unsent(Causes.reason(e));
      } catch (RuntimeException e) {
        asked.unsent("unexpected " + Fault.shown(e.toString()));
      }
    });
  }

  /// Sends and waits, on a thread that may block.
  ///
  /// @throws InterruptedException if the thread is interrupted, which ends the query
  public Exchanged ask(Query query) throws InterruptedException {
    CompletableFuture<Exchanged> exchanged = send(query);
    try {
      return exchanged.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      exchanged.cancel(false);
      throw e;
    }
  }

  /// A new connection for HTTP, which is the caller's to close; it is there, or it is told why not,
  /// at the deadline at the latest.
  public HttpConnection connect(HttpRoute route, Moment deadline) {
    HttpConnection connection =
        HttpConnection.open(route, httpLoop.next(), shares, arithmetic, clock, deadline);
    connections.add(connection);
    var _ = connection.closed().thenRun(() -> connections.remove(connection));
    return connection;
  }

  /// What its moments are read from.
  public Clock clock() {
    return clock;
  }

  /// All that came since this was opened.
  public Strays strays() {
    return strays;
  }

  /// On the datagrams' loop only.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void stray(Strays one) {
    strays = strays.plus(one);
  }

  /// Queries under way end as unsent.
  @Override
  public void close() {
    end(datagramLoop, datagrams::close);
    end(streamLoop, streams::close);
    end(httpLoop, () -> connections.forEach(HttpConnection::close));
    var _ = datagramLoop.terminationFuture().awaitUninterruptibly();
    var _ = streamLoop.terminationFuture().awaitUninterruptibly();
    var _ = httpLoop.terminationFuture().awaitUninterruptibly();
    arithmetic.close();
    underWay.forEach(asked -> asked.unsent(CLOSED));
  }

  /// What is open is closed first: a loop that is told to end while it works may end without (Netty
  /// 4.2 looks for that only between its tasks), and what its channels hold would never be freed.
  private static void end(MultiThreadIoEventLoopGroup loop, Runnable close) {
    if (!loop.isShuttingDown()) {
      var _ = loop.submit(close).awaitUninterruptibly();
    }
    var _ = loop.shutdownGracefully(0, MOST_SECONDS_TO_CLOSE, TimeUnit.SECONDS);
  }
}
