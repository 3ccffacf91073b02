package dev.allclear.probes.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;

/// Waits until a connection is there, and secured where it should be, and begins the dialogue.
/// Confined to its loop.
final class Opening extends ChannelInboundHandlerAdapter {
  private final Asked asked;
  private final Progress progress;
  private final Dialogue dialogue;
  private boolean securing;

  Opening(Asked asked, Progress progress, Dialogue dialogue) {
    this.asked = asked;
    this.progress = progress;
    this.dialogue = dialogue;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    securing = context.pipeline().get(SslHandler.class) != null;
    if (!securing) {
      dialogue.begin(context);
    }
    context.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
      context.fireUserEventTriggered(event);
    } else if (handshake.isSuccess()) {
      securing = false;
      progress.secured();
      dialogue.begin(context);
    } else {
      insecure(handshake.cause());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (securing) {
      insecure(cause);
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (securing) {
      insecure(new ClosedChannelException());
    } else {
      context.fireChannelInactive();
    }
  }

  private void insecure(Throwable cause) {
    Fault fault = Fault.ofTls(cause);
    asked.broken(fault.cause(), fault.reason());
  }
}
