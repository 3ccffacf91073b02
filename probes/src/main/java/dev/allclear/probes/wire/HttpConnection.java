package dev.allclear.probes.wire;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// One connection that speaks HTTP, for one request after another. It repeats nothing and follows
/// nothing. Any thread may call it; its futures complete on its loop, where nothing must block, and
/// never exceptionally.
public final class HttpConnection implements AutoCloseable {
  /// Octets read at once: by no more can an answer overtake what it has memory for.
  private static final int READ = 2048;

  private final HttpRoute route;
  private final EventLoop loop;
  private final Clock clock;

  private final Shares shares;
  private final Runnable granted = this::granted;
  private final Moment begin;
  private final CompletableFuture<HttpOpened> opened = new CompletableFuture<>();
  private final CompletableFuture<HttpEnded> ended = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

  private volatile boolean two;

  // Confined to the loop.
  private @Nullable Channel channel;
  private @Nullable Moment connected;
  private @Nullable Moment secured;
  private @Nullable HttpSpeech speech;
  private @Nullable Answering answering;
  private @Nullable Throwable failure;
  private Moment lastUse;
  private boolean ours;
  private boolean starving;
  private boolean shared;

  private HttpConnection(HttpRoute route, EventLoop loop, Shares shares, Clock clock) {
    this.route = route;
    this.loop = loop;
    this.shares = shares;
    this.clock = clock;
    begin = lastUse = clock.now();
  }

  /// Fails at the deadline, at the latest.
  static HttpConnection open(
      HttpRoute route,
      EventLoop loop,
      Shares shares,
      Executor arithmetic,
      Clock clock,
      Moment deadline) {
    HttpConnection connection = new HttpConnection(route, loop, shares, clock);
    if (!connection.onLoop(() -> connection.connect(arithmetic, deadline))) {
      connection.broke(new IOException(Wire.CLOSED));
    }
    return connection;
  }

  /// Whether it is there.
  public CompletableFuture<HttpOpened> opened() {
    return opened;
  }

  /// The end of a connection that was there.
  public CompletableFuture<HttpEnded> ended() {
    return ended;
  }

  /// True if HTTP/2 is spoken on it.
  public boolean speaksTwo() {
    return two;
  }

  /// Nothing is left of it.
  CompletableFuture<@Nullable Void> closed() {
    return closed;
  }

  /// Asks, once what was asked before is answered; fails at the deadline, at the latest.
  public CompletableFuture<HttpExchanged> ask(HttpQuestion question, Moment deadline) {
    Answering asked = new Answering(clock);
    return asked(asked, () -> ask(asked, deadline, () -> spoken().ask(question, asked)));
  }

  /// Sends an HTTP/2 PING and waits for its echo, which has no head; where HTTP/1 is spoken it
  /// fails.
  public CompletableFuture<HttpExchanged> ping(Moment deadline) {
    Answering asked = new Answering(clock);
    return asked(asked, () -> ask(asked, deadline, () -> spoken().ping(asked)));
  }

  private CompletableFuture<HttpExchanged> asked(Answering asked, Runnable ask) {
    if (!onLoop(ask)) {
      asked.fail(new IOException(Wire.CLOSED));
    }
    return asked.future();
  }

  /// Its last answer was judged: what it took of the memory is free again. So it is when the
  /// connection is closed.
  public void judged() {
    var _ = onLoop(this::release);
  }

  @Override
  public void close() {
    var _ =
        onLoop(() -> {
          ours = true;
          release();
          if (channel != null && channel.isRegistered()) {
            // Below TLS, whose farewell could wait for a peer that does not read.
            var _ = channel.pipeline().firstContext().close();
          }
        });
  }

  /// False if the wire is closed.
  private boolean onLoop(Runnable task) {
    try {
      loop.execute(task);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  private void granted() {
    starving = false;
    shared = true;
    Objects.requireNonNull(channel).config().setAutoRead(true);
  }

  private void release() {
    if (starving) {
      shares.forget(granted);
      starving = false;
    }
    if (shared) {
      shared = false;
      shares.release();
    }
  }

  private void weigh(Answering asked) {
    asked.weigh();
    if (asked.isCut()) {
      Objects.requireNonNull(channel).config().setAutoRead(false);
      return;
    }
    if (asked.isLarge() && !shared && !starving) {
      starving = true;
      Objects.requireNonNull(channel).config().setAutoRead(false);
      shares.take(granted);
    }
  }

  /// Of an answer that failed nothing is kept.
  private void over(HttpExchanged answered) {
    lastUse = answered.end();
    if (answered.failure() != null) {
      release();
    }
  }

  private void late(Answering asked) {
    asked.fail(starving ? new HttpShortage() : new InterruptedIOException("timeout"));
  }

  private HttpSpeech spoken() {
    return Objects.requireNonNull(speech);
  }

  private void connect(Executor arithmetic, Moment deadline) {
    ScheduledFuture<?> late =
        loop.schedule(
            () -> broke(new InterruptedIOException("timeout")),
            clock.now().until(deadline).toNanos(),
            TimeUnit.NANOSECONDS);
    var _ = opened.whenComplete((_, _) -> late.cancel(false));
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ))
            .disableResolver()
            .handler(pipeline(arithmetic))
            .connect(route.address());
    channel = connecting.channel();
    channel.closeFuture().addListener(_ -> closed.complete(null));
    connecting.addListener(result -> {
      if (!result.isSuccess()) {
        broke(result.cause());
      }
    });
  }

  private ChannelInitializer<SocketChannel> pipeline(Executor arithmetic) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel connection) {
        connection.pipeline().addLast(new Octets());
        HttpSecurity security = route.security();
        if (security != null) {
          SslHandler tls =
              new SslHandler(
                  security.engine(route.address().getPort(), route.protocols()), arithmetic);
          // The deadline holds.
          tls.setHandshakeTimeoutMillis(0);
          connection.pipeline().addLast(tls);
        }
        connection.pipeline().addLast(new Opener());
      }
    };
  }

  private void ask(Answering asked, Moment deadline, Runnable send) {
    if (speech == null || ended.isDone() || channel == null || !channel.isActive()) {
      asked.fail(HttpFailure.of(failure, true));
      return;
    }
    answering = asked;
    ScheduledFuture<?> late =
        loop.schedule(
            () -> late(asked), clock.now().until(deadline).toNanos(), TimeUnit.NANOSECONDS);
    var _ = asked.future().whenComplete((_, _) -> late.cancel(false));
    var _ = asked.future().whenComplete((answered, _) -> over(answered));
    lastUse = clock.now();
    send.run();
  }

  private void secured(@Nullable SSLSession session) {
    try {
      if (session != null) {
        Objects.requireNonNull(route.security()).verify(session);
      }
    } catch (SSLException e) {
      broke(e);
      return;
    }
    secured = lastUse = clock.now();
    Channel there = Objects.requireNonNull(channel);
    String protocol = protocol(there);
    two = protocol.equals(HttpRoute.TWO);
    speech = HttpSpeech.begin(there.pipeline(), protocol, this::gone);
    opened.complete(new HttpOpened(begin, connected, secured, secured, session, null));
  }

  private String protocol(Channel there) {
    SslHandler tls = there.pipeline().get(SslHandler.class);
    String negotiated =
        tls == null ? route.protocols().getFirst() : tls.engine().getApplicationProtocol();
    return HttpRoute.TWO.equals(negotiated) ? HttpRoute.TWO : HttpRoute.ONE;
  }

  /// The server takes no more requests.
  private void gone() {
    ended(HttpEnded.How.ANNOUNCED);
  }

  private void broke(Throwable cause) {
    failure = failure == null ? cause : failure;
    if (!opened.isDone()) {
      boolean securing = connected != null;
      IOException told = securing ? HttpFailure.ofTls(failure) : HttpFailure.of(failure, false);
      opened.complete(new HttpOpened(begin, connected, secured, clock.now(), null, told));
    }
    if (answering != null) {
      answering.fail(HttpFailure.of(failure, !answering.isHeaded()));
    }
    if (channel == null || !channel.isRegistered()) {
      closed.complete(null);
    }
    close();
  }

  private void ended(HttpEnded.How how) {
    boolean asking = answering != null && !answering.isOver();
    Moment at = clock.now();
    ended.complete(new HttpEnded(at, how, lastUse.until(at), asking));
  }

  /// First in the pipeline, so that bytes are timed and counted before anything reads them.
  private final class Octets extends ChannelDuplexHandler {
    /// Netty's HTTP/2 asks for more even where reading was turned off, and trusts in flow control.
    @Override
    public void read(ChannelHandlerContext context) {
      boolean cut = answering != null && answering.isCut();
      if (!starving && !cut) {
        context.read();
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      connected = lastUse = clock.now();
      context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (answering != null && message instanceof ByteBuf bytes) {
        answering.took(bytes.readableBytes(), clock.now());
      }
      context.fireChannelRead(message);
      if (answering != null) {
        weigh(answering);
      }
    }
  }

  /// Waits until the connection is there, and secured where it should be; afterwards last in the
  /// pipeline, where all ends.
  private final class Opener extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (route.security() == null) {
        secured(null);
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
          secured(context.pipeline().get(SslHandler.class).engine().getSession());
        } else {
          broke(handshake.cause());
        }
      }
    }

    /// What nobody before it wanted.
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      broke(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      ended(
          ours && failure == null
              ? HttpEnded.How.OURS
              : failure == null ? HttpEnded.How.CLOSED : HttpEnded.How.RESET);
      broke(new ClosedChannelException());
    }
  }
}
