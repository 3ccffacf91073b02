package dev.allclear.probes.wire;

import dev.allclear.probes.Cause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads the one answer of an HTTP/2 stream. Confined to its loop.
final class HttpsAnswer extends ChannelInboundHandlerAdapter {
  private final Asked asked;
  private final Progress progress;
  private final Packet query;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean answering;
  private @Nullable Duration age;

  HttpsAnswer(Asked asked, Progress progress, Packet query) {
    this.asked = asked;
    this.progress = progress;
    this.query = query;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      switch (message) {
        case Http2HeadersFrame frame -> head(frame);
        case Http2DataFrame frame -> data(frame);
        default -> {}
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(Http2HeadersFrame frame) {
    if (!answering) {
      first(frame.headers());
    }
    if (frame.isEndStream()) {
      finish();
    }
  }

  private void first(Http2Headers head) {
    String status = String.valueOf(head.status());
    if (status.startsWith("1")) {
      return;
    }
    answering = true;
    String type = text(head, "content-type");
    if (!status.startsWith("2")) {
      asked.broken(Cause.STATUS, "HTTP status " + Fault.shown(status));
    } else if (!type.split(";", 2)[0].strip().equalsIgnoreCase(Https.DNS_MESSAGE)) {
      asked.broken(
          Cause.PROTOCOL,
          type.isEmpty() ? "an answer without a type" : "an answer of type " + Fault.shown(type));
    }
    age = seconds(text(head, "age"));
  }

  private static String text(Http2Headers head, String name) {
    CharSequence value = head.get(name);
    return value == null ? "" : value.toString();
  }

  /// Null if it is none (RFC 9111, 5.1).
  private static @Nullable Duration seconds(String text) {
    return text.matches("\\d{1,10}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
  }

  private void data(Http2DataFrame frame) {
    ByteBuf content = frame.content();
    if (body.size() + content.readableBytes() > Packet.LARGEST) {
      asked.broken(Cause.PROTOCOL, "a body of more than " + Packet.LARGEST + " bytes");
      return;
    }
    byte[] bytes = new byte[content.readableBytes()];
    content.readBytes(bytes);
    body.writeBytes(bytes);
    if (frame.isEndStream()) {
      finish();
    }
  }

  private void finish() {
    Packet answer = Packet.received(body.toByteArray());
    if (!answer.hasHeader()) {
      asked.broken(Cause.PROTOCOL, "a malformed answer");
      return;
    }
    switch (query.match(answer)) {
      case OURS -> progress.answered(answer, true, age);
      case OURS_IN_OTHER_CASE -> progress.answered(answer, false, age);
      case OTHER_QUESTION -> asked.broken(Cause.PROTOCOL, "an answer to another question");
      case NO_ANSWER -> asked.broken(Cause.PROTOCOL, "something other than an answer");
      case MALFORMED -> asked.broken(Cause.PROTOCOL, "a malformed answer");
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame) {
      asked.broken(Cause.PROTOCOL, "a reset of the HTTP/2 stream");
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Fault fault = Fault.of(cause);
    asked.broken(fault.cause(), fault.reason());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    asked.broken(Fault.ENDED.cause(), Fault.ENDED.reason());
  }
}
