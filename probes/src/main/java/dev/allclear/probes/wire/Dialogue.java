package dev.allclear.probes.wire;

import io.netty.channel.ChannelHandlerContext;

/// What is said on a connection that is ready.
interface Dialogue {

  /// Puts its handlers before the pipeline's {@link Ending}, and sends the query.
  void begin(ChannelHandlerContext context);
}
