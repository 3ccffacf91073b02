package dev.allclear.probes.wire;

import java.util.Arrays;

/// A DNS message as bytes, of which only the header and the question are understood (RFC 1035,
/// 4.1).
public final class Packet {
  public static final int LARGEST = 65_535;
  static final int HEADER = 12;
  private static final int LONGEST_LABEL = 63;
  private static final int LONGEST_NAME = 255;
  private static final int TYPE_AND_CLASS = 4;

  /// What a packet that came is to the query that was sent.
  enum Match {
    OURS,
    /// Its question differs in upper and lower case.
    OURS_IN_OTHER_CASE,
    OTHER_QUESTION,
    NO_ANSWER,
    MALFORMED
  }

  private final byte[] bytes;

  private Packet(byte[] bytes) {
    this.bytes = bytes;
  }

  /// A query to send. Its id does not matter: every transport gives it one of its own.
  ///
  /// @throws IllegalArgumentException unless it holds one question
  public static Packet query(byte[] bytes) {
    Packet packet = new Packet(bytes.clone());
    if (bytes.length > LARGEST || packet.questions() != 1 || packet.questionEnd() < 0) {
      throw new IllegalArgumentException("not a DNS message with one question");
    }
    return packet;
  }

  /// As it came; the array becomes this packet's.
  static Packet received(byte[] bytes) {
    return new Packet(bytes);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public int length() {
    return bytes.length;
  }

  boolean hasHeader() {
    return bytes.length >= HEADER;
  }

  int id() {
    return number(0);
  }

  /// There is more, over TCP.
  public boolean isTruncated() {
    return hasHeader() && (bytes[2] & 0x02) != 0;
  }

  Packet withId(int id) {
    byte[] copy = bytes.clone();
    copy[0] = (byte) (id >> 8);
    copy[1] = (byte) id;
    return new Packet(copy);
  }

  /// With as many letters of the name in the other case as there are bits, all random. The answer
  /// repeats them, which makes forging harder (draft-vixie-dnsext-dns0x20).
  Packet withMixedCase(long bits) {
    byte[] copy = bytes.clone();
    int end = questionEnd() - TYPE_AND_CLASS;
    for (int i = HEADER; i < end; i++) {
      // Lengths are below every letter.
      if (isLetter(copy[i]) && (bits >> i & 1) != 0) {
        copy[i] ^= 0x20;
      }
    }
    return new Packet(copy);
  }

  /// An answer to this, whatever its id.
  Match match(Packet answer) {
    if (!answer.hasHeader()) {
      return Match.MALFORMED;
    }
    boolean response = (answer.bytes[2] & 0x80) != 0;
    boolean ofQuery = (answer.bytes[2] & 0x78) == 0;
    if (!response || !ofQuery) {
      return Match.NO_ANSWER;
    }
    boolean failed = (answer.bytes[3] & 0x0F) != 0;
    if (answer.questions() == 0 && failed) {
      // A server that could not read the question may leave it out of its error.
      return Match.OURS;
    }
    int end = answer.questions() == 1 ? answer.questionEnd() : -1;
    return end < 0 ? Match.MALFORMED : compare(answer, end);
  }

  private Match compare(Packet answer, int end) {
    if (Arrays.equals(bytes, HEADER, questionEnd(), answer.bytes, HEADER, end)) {
      return Match.OURS;
    }
    int name = end - TYPE_AND_CLASS;
    boolean same =
        end == questionEnd()
            && Arrays.equals(bytes, name, end, answer.bytes, name, end)
            && Arrays.equals(lower(name), answer.lower(name));
    return same ? Match.OURS_IN_OTHER_CASE : Match.OTHER_QUESTION;
  }

  private byte[] lower(int end) {
    byte[] lower = Arrays.copyOfRange(bytes, HEADER, end);
    for (int i = 0; i < lower.length; i++) {
      lower[i] = (byte) (isLetter(lower[i]) ? lower[i] | 0x20 : lower[i]);
    }
    return lower;
  }

  private static boolean isLetter(byte octet) {
    int lower = octet | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  private int questions() {
    return hasHeader() ? number(4) : 0;
  }

  /// Where the first question ends, or -1 if there is none that can be read.
  private int questionEnd() {
    int at = HEADER;
    while (at < bytes.length && bytes[at] != 0) {
      // Nothing stands before the first name that it could point to.
      int label = Byte.toUnsignedInt(bytes[at]);
      at += label + 1;
      if (label > LONGEST_LABEL || at - HEADER >= LONGEST_NAME) {
        return -1;
      }
    }
    int end = at + 1 + TYPE_AND_CLASS;
    return end > bytes.length ? -1 : end;
  }

  private int number(int at) {
    return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
  }
}
