package dev.allclear.probes.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/// Last in a pipeline: whatever ends it ends the query.
final class Ending extends ChannelInboundHandlerAdapter {
  static final String NAME = "ending";

  private final Asked asked;

  Ending(Asked asked) {
    this.asked = asked;
  }

  /// What nobody before it wanted.
  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(Fault.of(cause));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(Fault.ENDED);
  }

  private void end(Fault fault) {
    asked.broken(fault.cause(), fault.reason());
  }
}
