package dev.allclear.agent.outside;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.nio.ByteBuffer;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;

/// What questions and answers of the lab have in common.
final class Dns {
  static final Name ZONE = Name.fromConstantString("fo.test.");

  private static final int PAYLOAD = 1232;

  private Dns() {}

  static OPTRecord edns(EDNSOption... options) {
    return new OPTRecord(PAYLOAD, 0, 0, 0, options);
  }

  static Message message(DatagramPacket packet) throws IOException {
    return new Message(ByteBuffer.wrap(packet.getData(), packet.getOffset(), packet.getLength()));
  }

  static String text(byte[] ascii) {
    return new String(ascii, US_ASCII);
  }
}
