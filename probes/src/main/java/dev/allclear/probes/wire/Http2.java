package dev.allclear.probes.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// HTTP/2 (RFC 9113), one request at a time. Confined to its loop.
final class Http2 extends ChannelInboundHandlerAdapter implements HttpSpeech {
  /// RFC 9113 section 8.2.2, and Host, which is `:authority`.
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  /// As OkHttp has it, for servers that take no notice of smaller ones; far more than is read.
  private static final int WINDOW = 16 * 1024 * 1024;

  private static final int FIRST_WINDOW = 65_535;

  private final ChannelPipeline pipeline;
  private final Runnable gone;
  private @Nullable Answering answering;
  private @Nullable Http2StreamChannel stream;
  private @Nullable Answering pinged;
  private long pings;
  private boolean leaving;

  private Http2(ChannelPipeline pipeline, Runnable gone) {
    this.pipeline = pipeline;
    this.gone = gone;
  }

  /// Before the last handler, where all ends.
  static Http2 begin(ChannelPipeline pipeline, Runnable gone) {
    Http2 speech = new Http2(pipeline, gone);
    String last = pipeline.lastContext().name();
    pipeline
        .addBefore(last, null, codec())
        .addBefore(last, null, new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()))
        .addBefore(last, null, speech);
    var _ = pipeline.writeAndFlush(new DefaultHttp2WindowUpdateFrame(WINDOW - FIRST_WINDOW));
    return speech;
  }

  private static Http2FrameCodec codec() {
    Http2Settings settings =
        Http2Settings.defaultSettings()
            .pushEnabled(false)
            .maxHeaderListSize(Answering.LARGEST_HEAD)
            .initialWindowSize(WINDOW);
    Http2FrameCodec codec = Http2FrameCodecBuilder.forClient().initialSettings(settings).build();
    try {
      // Else it would hold only once the server has acknowledged it, which some never do.
      codec.connection().local().flowController().initialWindowSize(WINDOW);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
    return codec;
  }

  @Override
  public void ask(HttpQuestion question, Answering asked) {
    if (leaving) {
      asked.fail(new IOException("ConnectionShutdownException"));
      return;
    }
    answering = asked;
    new Http2StreamChannelBootstrap(pipeline.channel())
        .handler(new Http2Answer(asked))
        .open()
        .addListener(result -> {
          if (result.isSuccess()) {
            stream = (Http2StreamChannel) result.getNow();
            send(question, asked, stream);
          } else {
            asked.fail(HttpFailure.of(result.cause(), true));
          }
        });
  }

  private static void send(HttpQuestion question, Answering asked, Channel stream) {
    Http2Headers head =
        new DefaultHttp2Headers(false)
            .method(question.method())
            .scheme(question.scheme())
            .authority(question.authority())
            .path(question.target());
    question
        .fields()
        .forEach(field -> {
          String name = field.name().toLowerCase(Locale.ROOT);
          if (!HOP_BY_HOP.contains(name)) {
            head.add(name, field.value());
          }
        });
    ByteBuffer body = question.body().duplicate();
    boolean alone = !body.hasRemaining();
    var written = stream.write(new DefaultHttp2HeadersFrame(head, alone));
    if (!alone) {
      written = stream.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true));
    }
    written.addListener(result -> {
      if (result.isSuccess()) {
        asked.sent();
      }
    });
    stream.flush();
  }

  @Override
  public void ping(Answering asked) {
    pinged = asked;
    pings++;
    pipeline
        .writeAndFlush(new DefaultHttp2PingFrame(pings))
        .addListener(result -> {
          if (result.isSuccess()) {
            asked.sent();
          }
        });
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (message) {
      case Http2PingFrame ping when ping.ack() -> echo(ping.content());
      case Http2GoAwayFrame goAway -> leaving(goAway);
      default -> {}
    }
    ReferenceCountUtil.release(message);
  }

  private void echo(long content) {
    if (pinged != null && content == pings) {
      pinged.finish(false, true);
    }
  }

  /// RFC 9113 section 6.8: streams above the last one were not processed.
  private void leaving(Http2GoAwayFrame goAway) {
    leaving = true;
    boolean refused = stream == null || stream.stream().id() > goAway.lastStreamId();
    if (answering != null && refused) {
      answering.fail(new IOException(Http2Answer.RESET + "REFUSED_STREAM"));
    }
    gone.run();
  }
}
