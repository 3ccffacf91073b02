package dev.allclear.probes.wire;

import dev.allclear.probes.Clock;
import dev.allclear.probes.tls.Causes;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The connections, one for each query. Confined to its loop; the arithmetic of TLS runs elsewhere,
/// so that it delays nobody's time stamps.
final class Streams {
  static final int MOST = 256;

  private final EventLoop loop;
  private final Clock clock;
  private final RandomGenerator random;
  private final Executor arithmetic;
  private final Set<Channel> open = new HashSet<>();
  private boolean closed;

  Streams(EventLoop loop, Clock clock, RandomGenerator random, Executor arithmetic) {
    this.loop = loop;
    this.clock = clock;
    this.random = random;
    this.arithmetic = arithmetic;
  }

  void ask(Asked asked, Route.Tcp route) {
    Progress progress = new Progress(asked, clock);
    connect(asked, route.address(), null, progress, new Framed(asked, progress, random));
  }

  void ask(Asked asked, Route.Tls route) {
    SslHandler tls = tls(route.trust(), route.address());
    Progress progress = new Progress(asked, clock);
    connect(asked, route.address(), tls, progress, new Framed(asked, progress, random));
  }

  void ask(Asked asked, Route.Https route) {
    SslHandler tls = tls(route.trust(), route.address(), Https.PROTOCOL);
    Progress progress = new Progress(asked, clock);
    connect(asked, route.address(), tls, progress, new Https(asked, progress, route));
  }

  private SslHandler tls(Trust trust, InetSocketAddress address, String... protocols) {
    SslHandler handler = new SslHandler(trust.engine(address.getPort(), protocols), arithmetic);
    // The query's own limit holds.
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }

  private void connect(
      Asked asked,
      InetSocketAddress address,
      @Nullable SslHandler tls,
      Progress progress,
      Dialogue dialogue) {
    if (closed) {
      asked.unsent(Wire.CLOSED);
      return;
    }
    if (open.size() >= MOST) {
      asked.unsent("all %d connections wait for answers".formatted(MOST));
      return;
    }
    NioSocketChannel channel = new NioSocketChannel();
    ChannelInitializer<SocketChannel> pipeline =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(SocketChannel connection) {
            connection.pipeline().addLast(progress);
            if (tls != null) {
              connection.pipeline().addLast(tls);
            }
            connection.pipeline().addLast(new Opening(asked, progress, dialogue));
            connection.pipeline().addLast(Ending.NAME, new Ending(asked));
          }
        };
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> channel)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .disableResolver()
            .handler(pipeline)
            .connect(address);
    open.add(channel);
    channel.closeFuture().addListener(_ -> open.remove(channel));
    asked.await(
        loop,
        () -> asked.silent(Strays.NONE),
        () -> {
          var _ = channel.close();
        });
    connecting.addListener(result -> {
      if (!result.isSuccess()) {
        failed(asked, result.cause());
      }
    });
  }

  /// Cuts every connection, and makes no more.
  void close() {
    closed = true;
    for (Channel channel : List.copyOf(open)) {
      // Below TLS, whose farewell could wait for a peer that does not read.
      var _ = channel.pipeline().firstContext().close();
    }
  }

  private static void failed(Asked asked, Throwable cause) {
    switch (cause) {
      case ChannelException _, BindException _ -> asked.unsent(Causes.reason(cause));
      case ClosedChannelException _ -> asked.unsent(Wire.CLOSED);
      default -> asked.refused(Causes.reason(cause));
    }
  }
}
