package dev.allclear.probes.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/// Reads the one answer of an HTTP/2 stream. Confined to its loop.
final class Http2Answer extends ChannelInboundHandlerAdapter {
  /// OkHttp's words, before the name of the code.
  static final String RESET = "stream was reset: ";

  private final Answering answering;

  Http2Answer(Answering answering) {
    this.answering = answering;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      switch (message) {
        case Http2HeadersFrame frame -> head(frame);
        case Http2DataFrame frame -> {
          answering.body(frame.content(), frame.content().readableBytes());
          if (frame.isEndStream()) {
            answering.finish(false, true);
          }
        }
        default -> {}
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(Http2HeadersFrame frame) {
    if (!answering.isHeaded()) {
      String status = String.valueOf(frame.headers().status());
      if (!status.matches("\\d{3}")) {
        answering.fail(new ProtocolException("Unexpected status line: HTTP/1.1 " + status));
        return;
      }
      if (status.startsWith("1") && !frame.isEndStream()) {
        return;
      }
      answering.head(
          new HttpHead(HttpRoute.TWO, Integer.parseInt(status), "", fields(frame.headers())));
    }
    if (frame.isEndStream()) {
      answering.finish(false, true);
    }
  }

  private static List<HttpField> fields(Http2Headers headers) {
    List<HttpField> fields = new ArrayList<>();
    headers.forEach(line -> {
      if (line.getKey().charAt(0) != ':') {
        fields.add(new HttpField(line.getKey().toString(), line.getValue().toString()));
      }
    });
    return fields;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      Http2Error error = Http2Error.valueOf(reset.errorCode());
      answering.fail(
          new IOException(
              error == null
                  ? "TYPE_RST_STREAM unexpected error code: " + reset.errorCode()
                  : RESET + error.name()));
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    answering.fail(HttpFailure.of(cause, !answering.isHeaded()));
  }
}
