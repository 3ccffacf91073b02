package dev.allclear.probes.wire;

import io.netty.channel.ChannelPipeline;

/// What is spoken on a connection that is open. Confined to its loop.
interface HttpSpeech {
  /// `gone` is called when the server takes no more requests on it.
  static HttpSpeech begin(ChannelPipeline pipeline, String protocol, Runnable gone) {
    return protocol.equals(HttpRoute.TWO)
        ? Http2.begin(pipeline, gone)
        : Http1.begin(pipeline, gone);
  }

  void ask(HttpQuestion question, Answering answering);

  void ping(Answering answering);
}
