package dev.allclear.probes.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/// Waits until a connection is there, and secured where it should be, and begins the dialogue.
final class Opening extends ChannelInboundHandlerAdapter {
  private final Asked asked;
  private final Progress progress;
  private final Dialogue dialogue;

  Opening(Asked asked, Progress progress, Dialogue dialogue) {
    this.asked = asked;
    this.progress = progress;
    this.dialogue = dialogue;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (context.pipeline().get(SslHandler.class) == null) {
      dialogue.begin(context);
    }
    context.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
      context.fireUserEventTriggered(event);
    } else if (handshake.isSuccess()) {
      progress.secured();
      dialogue.begin(context);
    } else {
      Fault fault = Fault.ofTls(handshake.cause());
      asked.broken(fault.cause(), fault.reason());
    }
  }
}
