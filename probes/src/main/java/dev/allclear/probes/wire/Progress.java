package dev.allclear.probes.wire;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Phases;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How far one connection has come. First in its pipeline, so that bytes are timed before anything
/// reads them. Confined to its loop.
final class Progress extends ChannelDuplexHandler {
  private final Asked asked;
  private final Clock clock;
  private Moment begin;
  private Moment connected;
  private Moment secured;
  private Moment sent;
  private Moment received;

  Progress(Asked asked, Clock clock) {
    this.asked = asked;
    this.clock = clock;
    begin = connected = secured = sent = received = clock.now();
  }

  @Override
  public void connect(
      ChannelHandlerContext context,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise) {
    begin = clock.now();
    var _ = context.connect(remote, local, promise);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connected = secured = clock.now();
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    received = clock.now();
    context.fireChannelRead(message);
  }

  void secured() {
    secured = clock.now();
  }

  void sending() {
    sent = clock.now();
  }

  /// With what was read last.
  void answered(Packet packet, boolean caseKept, @Nullable Duration age) {
    asked.end(new Exchanged.Answered(packet, begin, sent, received, phases(), caseKept, age));
  }

  private Phases phases() {
    return new Phases(
        Duration.ZERO,
        begin.until(connected),
        connected.until(secured),
        secured.until(sent),
        sent.until(received),
        Duration.ZERO);
  }
}
