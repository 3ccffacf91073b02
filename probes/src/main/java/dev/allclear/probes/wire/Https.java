package dev.allclear.probes.wire;

import dev.allclear.probes.Cause;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.SslHandler;
import java.util.Base64;

/// Sends a query as one HTTP/2 request (RFC 8484). Confined to its loop.
final class Https implements Dialogue {
  static final String PROTOCOL = "h2";
  static final String DNS_MESSAGE = "application/dns-message";
  private static final int LARGEST_HEAD = 16 * 1024;

  private final Asked asked;
  private final Progress progress;
  private final Route.Https route;
  private final Packet query;

  /// The id is 0, since HTTP caches compare every byte (RFC 8484, 4.1).
  Https(Asked asked, Progress progress, Route.Https route) {
    this.asked = asked;
    this.progress = progress;
    this.route = route;
    this.query = asked.query().packet().withId(0);
  }

  @Override
  public void begin(ChannelHandlerContext context) {
    ChannelPipeline pipeline = context.pipeline();
    String protocol = pipeline.get(SslHandler.class).engine().getApplicationProtocol();
    if (!PROTOCOL.equals(protocol)) {
      asked.broken(Cause.PROTOCOL, "no HTTP/2, which DNS over HTTPS needs");
      return;
    }
    Http2Settings settings =
        Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(LARGEST_HEAD);
    pipeline
        .addBefore(
            Ending.NAME, null, Http2FrameCodecBuilder.forClient().initialSettings(settings).build())
        .addBefore(
            Ending.NAME, null, new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
    new Http2StreamChannelBootstrap(context.channel())
        .handler(new HttpsAnswer(asked, progress, query))
        .open()
        .addListener(opened -> {
          if (opened.isSuccess()) {
            request((Channel) opened.getNow());
          } else {
            Fault fault = Fault.of(opened.cause());
            asked.broken(fault.cause(), fault.reason());
          }
        });
  }

  private void request(Channel stream) {
    progress.sending();
    switch (route.method()) {
      case GET -> {
        String dns = Base64.getUrlEncoder().withoutPadding().encodeToString(query.bytes());
        String mark = route.path().indexOf('?') < 0 ? "?" : "&";
        Http2Headers head = head("GET", route.path() + mark + "dns=" + dns);
        var _ = stream.writeAndFlush(new DefaultHttp2HeadersFrame(head, true));
      }
      case POST -> {
        byte[] body = query.bytes();
        Http2Headers head =
            head("POST", route.path())
                .set("content-type", DNS_MESSAGE)
                .setInt("content-length", body.length);
        var _ = stream.write(new DefaultHttp2HeadersFrame(head, false));
        var _ = stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true));
      }
    }
  }

  private Http2Headers head(String method, String path) {
    return new DefaultHttp2Headers()
        .method(method)
        .scheme("https")
        .authority(route.authority())
        .path(path)
        .set("accept", DNS_MESSAGE);
  }
}
