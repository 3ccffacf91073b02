package dev.allclear.probes.journey;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// The server's end of one HTTP/2 connection, frame by frame (RFC 9113 section 4.1).
final class Frames {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;
  static final int END_HEADERS = 4;

  /// HPACK for `:status: 200`.
  static final byte[] STATUS_200 = {(byte) 0x88};

  private static final int PREFACE = 24;

  private final DataInputStream in;
  private final DataOutputStream out;

  private Frames(InputStream in, DataOutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /// As far as both have introduced themselves.
  static Frames open(Socket socket) throws IOException {
    Frames frames =
        new Frames(socket.getInputStream(), new DataOutputStream(socket.getOutputStream()));
    frames.in.readFully(new byte[PREFACE]);
    frames.write(SETTINGS, 0, 0, new byte[0]);
    return frames;
  }

  /// Reads on to the next request; its stream.
  int request() throws IOException {
    while (true) {
      int head = in.readInt();
      int length = head >>> 8;
      int type = head & 0xFF;
      in.readUnsignedByte();
      int stream = in.readInt();
      in.readFully(new byte[length]);
      if (type == HEADERS) {
        return stream;
      }
    }
  }

  void write(int type, int flags, int stream, byte[] payload) throws IOException {
    out.writeInt(payload.length << 8 | type);
    out.writeByte(flags);
    out.writeInt(stream);
    out.write(payload);
    out.flush();
  }

  static byte[] code(int... words) {
    byte[] octets = new byte[words.length * 4];
    for (int i = 0; i < words.length; i++) {
      for (int octet = 0; octet < 4; octet++) {
        octets[4 * i + octet] = (byte) (words[i] >>> (24 - 8 * octet));
      }
    }
    return octets;
  }
}
