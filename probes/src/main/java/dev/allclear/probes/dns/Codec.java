package dev.allclear.probes.dns;

import dev.allclear.probes.wire.Packet;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;
import org.xbill.DNS.OPTRecord;

/// What both ends of a DNS exchange agree on: the message format, its framing on TCP, and EDNS with
/// a payload that no path fragments.
final class Codec {
  private static final int PAYLOAD = 1232;

  private Codec() {}

  /// @throws IOException if the packet is not one well-formed message
  static Message decode(byte[] packet) throws IOException {
    try {
      return new Message(packet);
    } catch (RuntimeException e) {
      // Some record parsers let bad lengths through to array accesses.
      throw new IOException("malformed DNS message", e);
    }
  }

  /// A whole one.
  ///
  /// @throws ProtocolException that says what it is instead
  static Message answer(Packet packet) throws ProtocolException {
    if (packet.isTruncated()) {
      throw new ProtocolException("an answer that is truncated even over TCP");
    }
    try {
      return decode(packet.bytes());
    } catch (IOException _) {
      throw new ProtocolException("a malformed answer");
    }
  }

  static OPTRecord edns() {
    return new OPTRecord(PAYLOAD, 0, 0);
  }

  /// Of a query, which asks the server for its name for itself (RFC 5001, 2.1), and may ask for
  /// signatures, and say for which clients.
  static OPTRecord asking(boolean signed, @Nullable Subnet clients) {
    int flags = signed ? ExtendedFlags.DO : 0;
    NSIDOption name = new NSIDOption(new byte[0]);
    return clients == null
        ? new OPTRecord(PAYLOAD, 0, 0, flags, name)
        : new OPTRecord(PAYLOAD, 0, 0, flags, name, clients.option());
  }

  /// Two octets of length precede each message on TCP (RFC 1035, 4.2.2).
  static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(2 + message.length)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  /// The first two octets: a message's id, or the length before it.
  static int number(byte[] bytes) {
    return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort());
  }
}
