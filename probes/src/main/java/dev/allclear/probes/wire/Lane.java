package dev.allclear.probes.wire;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Phases;
import dev.allclear.probes.tls.Causes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// One UDP socket connected to one server, by which the kernel drops what others send and reports a
/// closed port at once (RFC 5452, 9.2). No id is used twice, so what comes late is known as such.
/// Confined to its loop.
final class Lane extends ChannelInboundHandlerAdapter {
  /// More than we offer in EDNS, for servers that do not listen.
  private static final int LARGEST_DATAGRAM = 4096;

  /// Of 65,536 ids: so that a free one is found at once, and the port changes in time.
  private static final int MOST_QUERIES = 4096;

  private static final int IDS = 65_536;
  private static final int RECEIVE_BUFFER = 1024 * 1024;

  private final DatagramChannel channel;
  private final ChannelFuture connected;
  private final Clock clock;
  private final RandomGenerator random;
  private final Consumer<Strays> seen;
  private final Moment opened;
  private final IntObjectMap<Waiting> waiting = new IntObjectHashMap<>();
  private final BitSet used = new BitSet();
  private int queries;
  private Moment lastUse;
  private Strays nobodys = Strays.NONE;
  private boolean retired;

  private Lane(
      DatagramChannel channel,
      InetSocketAddress server,
      Clock clock,
      RandomGenerator random,
      Consumer<Strays> seen) {
    this.channel = channel;
    this.clock = clock;
    this.random = random;
    this.seen = seen;
    this.opened = clock.now();
    this.lastUse = opened;
    channel.pipeline().addLast(this);
    this.connected = channel.connect(server);
  }

  /// Tells `seen` of every stray.
  ///
  /// @throws io.netty.channel.ChannelException if this machine gives no socket
  static Lane open(
      EventLoop loop,
      InetSocketAddress server,
      Clock clock,
      RandomGenerator random,
      Consumer<Strays> seen) {
    boolean six = server.getAddress() instanceof Inet6Address;
    DatagramChannel channel =
        new NioDatagramChannel(six ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(LARGEST_DATAGRAM + 1));
    channel.config().setOption(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER);
    var _ = loop.register(channel);
    return new Lane(channel, server, clock, random, seen);
  }

  Channel channel() {
    return channel;
  }

  boolean isWorn() {
    return queries >= MOST_QUERIES || !channel.isOpen();
  }

  boolean isOlderThan(Duration age, Moment now) {
    return opened.until(now).compareTo(age) > 0;
  }

  boolean isIdle(Duration length, Moment now) {
    return waiting.isEmpty() && lastUse.until(now).compareTo(length) > 0;
  }

  /// Takes no more queries, and closes when those under way are over.
  void retire() {
    retired = true;
    closeIfDone();
  }

  private void closeIfDone() {
    if (retired && waiting.isEmpty()) {
      var _ = channel.close();
    }
  }

  /// Of the random bits id and case are made.
  void send(Asked asked, long bits) {
    if (connected.isSuccess()) {
      write(asked, bits);
      return;
    }
    connected.addListener(result -> {
      if (result.isSuccess()) {
        write(asked, bits);
      } else {
        failed(asked, result.cause());
        var _ = channel.close();
      }
    });
  }

  private void write(Asked asked, long bits) {
    int id = unused((int) bits & 0xFFFF);
    Packet query = asked.query().packet().withMixedCase(bits >>> 16).withId(id);
    lastUse = clock.now();
    waiting.put(id, new Waiting(asked, query, lastUse, nobodys));
    asked.await(channel.eventLoop(), () -> silent(id), () -> over(id));
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(query.bytes()))
        .addListener(result -> {
          if (!result.isSuccess()) {
            failed(asked, result.cause());
          }
        });
  }

  private static void failed(Asked asked, Throwable cause) {
    if (cause instanceof ClosedChannelException) {
      asked.unsent(Wire.CLOSED);
    } else {
      asked.refused(reason(cause));
    }
  }

  private int unused(int first) {
    int id = first;
    while (used.get(id)) {
      id = random.nextInt(IDS);
    }
    used.set(id);
    queries++;
    return id;
  }

  private void silent(int id) {
    Waiting late = waiting.get(id);
    if (late != null) {
      late.asked().silent(late.strays(nobodys));
    }
  }

  private void over(int id) {
    waiting.remove(id);
    closeIfDone();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Moment at = clock.now();
    try {
      ByteBuf content = ((DatagramPacket) message).content();
      read(Packet.received(ByteBufUtil.getBytes(content)), at);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(Packet packet, Moment at) {
    Waiting asker = packet.hasHeader() ? waiting.get(packet.id()) : null;
    if (asker == null) {
      stranger(packet);
      return;
    }
    switch (asker.query().match(packet)) {
      case OURS -> answered(asker, packet, at, true);
      case OURS_IN_OTHER_CASE -> answered(asker, packet, at, false);
      case OTHER_QUESTION -> stray(asker, Strays.OTHER_QUESTION);
      case NO_ANSWER -> stray(asker, Strays.NO_ANSWER);
      case MALFORMED -> stray(asker, Strays.MALFORMED);
    }
  }

  private static void answered(Waiting asker, Packet packet, Moment at, boolean caseKept) {
    if (packet.length() > LARGEST_DATAGRAM) {
      asker
          .asked()
          .broken(Cause.PROTOCOL, "a datagram of more than " + LARGEST_DATAGRAM + " bytes");
      return;
    }
    Phases phases =
        new Phases(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            asker.sent().until(at),
            Duration.ZERO);
    asker
        .asked()
        .end(
            new Exchanged.Answered(packet, asker.sent(), asker.sent(), at, phases, caseKept, null));
  }

  private void stray(Waiting asker, Strays one) {
    asker.count(one);
    seen.accept(one);
  }

  /// Nobody waits for its id.
  private void stranger(Packet packet) {
    if (packet.hasHeader() && used.get(packet.id())) {
      seen.accept(Strays.LATE);
      return;
    }
    Strays one = packet.hasHeader() ? Strays.WRONG_ID : Strays.MALFORMED;
    nobodys = nobodys.plus(one);
    seen.accept(one);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    all().forEach(asker -> asker.asked().refused(reason(cause)));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    all().forEach(asker -> asker.asked().unsent(Wire.CLOSED));
  }

  /// A copy, since each removes itself when it ends.
  private List<Waiting> all() {
    return new ArrayList<>(waiting.values());
  }

  private static String reason(Throwable cause) {
    return cause instanceof PortUnreachableException ? "port unreachable" : Causes.reason(cause);
  }
}
