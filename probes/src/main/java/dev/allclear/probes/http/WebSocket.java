package dev.allclear.probes.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.ByteString;

/// The client's side of an open WebSocket without extensions (RFC 6455). OkHttp's own reads
/// messages of any size. Used on the run's thread.
final class WebSocket {

  private static final int LARGEST_MESSAGE = 1024 * 1024;
  private static final int LARGEST_CONTROL = 125;
  private static final int NORMAL = 1000;
  private static final int NO_CODE = 1005;
  private static final int BROKEN_OFF = 1006;

  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;

  /// What the server did.
  sealed interface Event {
    record Text(ByteString content, String text) implements Event {}

    record Binary() implements Event {}

    /// 1005 stands for no code, 1006 for a connection that ended without a closing frame (section
    /// 7.4.1).
    record Closed(int code, String reason) implements Event {}
  }

  /// Section 5.2.
  private record Frame(boolean last, int kind, long length) {
    boolean isControl() {
      return kind >= CLOSE;
    }
  }

  private final BufferedSource in;
  private final BufferedSink out;

  WebSocket(BufferedSource in, BufferedSink out) {
    this.in = in;
    this.out = out;
  }

  void send(String text) throws IOException {
    write(TEXT, ByteString.encodeUtf8(text));
  }

  /// Section 5.5.1.
  void sendClose() throws IOException {
    write(CLOSE, new Buffer().writeShort(NORMAL).readByteString());
  }

  Event next() throws IOException {
    try {
      return message();
    } catch (EOFException _) {
      return new Event.Closed(BROKEN_OFF, "");
    }
  }

  private Event message() throws IOException {
    Buffer message = new Buffer();
    int kind = CONTINUATION;
    while (true) {
      Frame frame = frame();
      if (frame.kind() == CLOSE) {
        return closed(payload(frame));
      }
      if (frame.isControl()) {
        control(frame);
        continue;
      }
      if ((frame.kind() == CONTINUATION) == (kind == CONTINUATION)) {
        throw new Breach("WebSocket: the parts of a message do not follow each other");
      }
      kind = kind == CONTINUATION ? frame.kind() : kind;
      if (message.size() + frame.length() > LARGEST_MESSAGE) {
        throw new Breach("WebSocket: a message is larger than 1 MiB");
      }
      message.write(in, frame.length());
      if (frame.last()) {
        return kind == TEXT ? text(message.readByteString()) : new Event.Binary();
      }
    }
  }

  private Frame frame() throws IOException {
    int first = in.readByte() & 0xff;
    int second = in.readByte() & 0xff;
    Frame frame = new Frame((first & 0x80) != 0, first & 0xf, length(second & 0x7f));
    if ((first & 0x70) != 0 || (second & 0x80) != 0) {
      throw new Breach("WebSocket: a frame has bits that no server may set");
    }
    boolean known =
        switch (frame.kind()) {
          case CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG -> true;
          default -> false;
        };
    if (!known
        || frame.length() < 0
        || (frame.isControl() && (!frame.last() || frame.length() > LARGEST_CONTROL))) {
      throw new Breach("WebSocket: a frame of no known kind or length");
    }
    return frame;
  }

  private long length(int told) throws IOException {
    return switch (told) {
      case 126 -> in.readShort() & 0xffff;
      case 127 -> in.readLong();
      default -> told;
    };
  }

  private ByteString payload(Frame frame) throws IOException {
    return in.readByteString(frame.length());
  }

  private void control(Frame frame) throws IOException {
    ByteString payload = payload(frame);
    if (frame.kind() == PING) {
      write(PONG, payload);
    }
  }

  private static Event closed(ByteString payload) {
    if (payload.size() < 2) {
      return new Event.Closed(NO_CODE, "");
    }
    int code = (payload.getByte(0) & 0xff) << 8 | (payload.getByte(1) & 0xff);
    return new Event.Closed(code, payload.substring(2).utf8());
  }

  private static Event text(ByteString content) throws Breach {
    try {
      return new Event.Text(
          content, StandardCharsets.UTF_8.newDecoder().decode(content.asByteBuffer()).toString());
    } catch (CharacterCodingException _) {
      throw new Breach("WebSocket: a text message is not UTF-8");
    }
  }

  /// Section 5.3: what a client sends is masked, so that no proxy takes it for HTTP.
  private void write(int kind, ByteString payload) throws IOException {
    out.writeByte(0x80 | kind);
    int size = payload.size();
    if (size <= LARGEST_CONTROL) {
      out.writeByte(0x80 | size);
    } else if (size <= 0xffff) {
      out.writeByte(0x80 | 126).writeShort(size);
    } else {
      out.writeByte(0x80 | 127).writeLong(size);
    }
    byte[] mask = new byte[4];
    ThreadLocalRandom.current().nextBytes(mask);
    byte[] bytes = payload.toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= mask[i % mask.length];
    }
    out.write(mask).write(bytes).flush();
  }
}
