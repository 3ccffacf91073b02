package dev.allclear.probes.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1, one request at a time. Confined to its loop.
final class Http1 extends ChannelInboundHandlerAdapter implements HttpSpeech {
  private final ChannelPipeline pipeline;
  private final Runnable gone;
  private @Nullable Answering answering;
  private @Nullable Http1Answer answer;

  private Http1(ChannelPipeline pipeline, Runnable gone) {
    this.pipeline = pipeline;
    this.gone = gone;
  }

  /// Before the last handler, where all ends.
  static Http1 begin(ChannelPipeline pipeline, Runnable gone) {
    Http1 speech = new Http1(pipeline, gone);
    pipeline.addBefore(pipeline.lastContext().name(), null, speech);
    return speech;
  }

  @Override
  public void ask(HttpQuestion question, Answering asked) {
    answering = asked;
    answer = new Http1Answer(question.method().equals("HEAD"), asked);
    pipeline
        .writeAndFlush(Unpooled.wrappedBuffer(head(question), question.body().duplicate()))
        .addListener(result -> {
          if (result.isSuccess()) {
            asked.sent();
          }
        });
  }

  @Override
  public void ping(Answering asked) {
    asked.fail(new IOException("HTTP/1.1 has no PING"));
  }

  private static ByteBuffer head(HttpQuestion question) {
    StringBuilder head = new StringBuilder(256);
    head.append(question.method()).append(' ').append(question.target()).append(" HTTP/1.1\r\n");
    question
        .fields()
        .forEach(
            field -> head.append(field.name()).append(": ").append(field.value()).append("\r\n"));
    return StandardCharsets.UTF_8.encode(head.append("\r\n").toString());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (answering == null || answer == null || answering.isOver()) {
        // Nobody asked: nothing that comes on this connection can be trusted any more.
        gone.run();
      } else {
        read(answering, answer, bytes);
      }
    } finally {
      bytes.release();
    }
  }

  private void read(Answering asked, Http1Answer reader, ByteBuf bytes) {
    try {
      reader.read(bytes);
      if (asked.isOver() && (bytes.isReadable() || !asked.future().join().kept())) {
        gone.run();
      }
    } catch (IOException e) {
      asked.fail(e);
      gone.run();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (answering != null && answer != null && !answering.isOver()) {
      try {
        answer.end();
      } catch (IOException e) {
        answering.fail(e);
      }
    }
    context.fireChannelInactive();
  }
}
