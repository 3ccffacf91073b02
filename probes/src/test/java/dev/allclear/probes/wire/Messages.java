package dev.allclear.probes.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// DNS messages by hand.
final class Messages {
  /// Longer than any test runs.
  static final Duration LONG = Duration.ofSeconds(60);

  private static final byte[] TRAILER = {0, 0, 1, 0, 1};

  private Messages() {}

  static Packet query(String name) {
    return Packet.query(message(0, 0x0100, name));
  }

  /// With one question for an A record.
  static byte[] message(int id, int flags, String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(12)
            .putShort((short) id)
            .putShort((short) flags)
            .putShort((short) 1)
            .array());
    for (String label : name.split("\\.", -1)) {
      byte[] text = label.getBytes(StandardCharsets.US_ASCII);
      out.write(text.length);
      out.writeBytes(text);
    }
    out.writeBytes(TRAILER);
    return out.toByteArray();
  }

  /// The same message, as its answer.
  static byte[] answer(byte[] query) {
    byte[] answer = query.clone();
    answer[2] |= (byte) 0x80;
    return answer;
  }

  static byte[] wrongId(byte[] message) {
    byte[] copy = message.clone();
    copy[0] ^= 0x55;
    return copy;
  }

  static byte[] otherQuestion(byte[] message) {
    byte[] copy = message.clone();
    copy[13] = 'q';
    return copy;
  }

  static byte[] lowerCase(byte[] message) {
    byte[] copy = message.clone();
    for (int i = 12; i < copy.length; i++) {
      copy[i] = (byte) Character.toLowerCase(copy[i]);
    }
    return copy;
  }

  static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }
}
