package dev.allclear.probes.dns;

import java.io.IOException;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;

/// What both ends of a DNS exchange agree on: the message format, and EDNS with a payload that no
/// path fragments.
final class Wire {
  private static final int PAYLOAD = 1232;

  private Wire() {}

  /// @throws IOException if the packet is not one well-formed message
  static Message decode(byte[] packet) throws IOException {
    try {
      return new Message(packet);
    } catch (RuntimeException e) {
      // Some record parsers let bad lengths through to array accesses.
      throw new IOException("malformed DNS message", e);
    }
  }

  static OPTRecord edns() {
    return new OPTRecord(PAYLOAD, 0, 0);
  }
}
