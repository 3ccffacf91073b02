package dev.allclear.probes.wire;

import dev.allclear.probes.Cause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.util.random.RandomGenerator;

/// Sends a query with its length before it, and reads the answer (RFC 1035, 4.2.2). Confined to its
/// loop.
final class Framed extends SimpleChannelInboundHandler<ByteBuf> implements Dialogue {
  private final Asked asked;
  private final Progress progress;
  private final Packet query;

  Framed(Asked asked, Progress progress, RandomGenerator random) {
    this.asked = asked;
    this.progress = progress;
    this.query = asked.query().packet().withId(random.nextInt(65_536));
  }

  @Override
  public void begin(ChannelHandlerContext context) {
    context
        .pipeline()
        .addAfter(
            context.name(), null, new LengthFieldBasedFrameDecoder(2 + Packet.LARGEST, 0, 2, 0, 2))
        .addBefore(Ending.NAME, null, this);
    byte[] bytes = query.bytes();
    ByteBuf frame = context.alloc().buffer(2 + bytes.length);
    frame.writeShort(bytes.length).writeBytes(bytes);
    progress.sending();
    var _ = context.writeAndFlush(frame);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
    Packet answer = Packet.received(ByteBufUtil.getBytes(frame));
    if (!answer.hasHeader() || answer.id() != query.id()) {
      asked.broken(Cause.PROTOCOL, "an answer with a wrong id");
      return;
    }
    switch (query.match(answer)) {
      case OURS -> progress.answered(answer, true, null);
      case OURS_IN_OTHER_CASE -> progress.answered(answer, false, null);
      case OTHER_QUESTION -> asked.broken(Cause.PROTOCOL, "an answer to another question");
      case NO_ANSWER -> asked.broken(Cause.PROTOCOL, "something other than an answer");
      case MALFORMED -> asked.broken(Cause.PROTOCOL, "a malformed answer");
    }
  }
}
