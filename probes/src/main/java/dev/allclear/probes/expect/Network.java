package dev.allclear.probes.expect;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The addresses that share a prefix: `192.0.2.0/24`, or one address alone.
public record Network(InetAddress address, int prefix) {

  private static final Pattern SHAPE =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+)(?:/(\\d{1,3}))?");

  /// Reads an address, or one with the length of its prefix.
  ///
  /// @throws IllegalArgumentException saying what to write instead
  public static Network parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    try {
      if (parts.matches()) {
        InetAddress address = InetAddress.ofLiteral(parts.group(1));
        int bits = address.getAddress().length * 8;
        int prefix = parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
        if (prefix <= bits) {
          return new Network(address, prefix);
        }
      }
    } catch (IllegalArgumentException _) {
      // Told below, in the same words.
    }
    throw new IllegalArgumentException(
        "`%s` is no network; write one, as 192.0.2.0/24 or 2001:db8::/32".formatted(text));
  }

  static boolean isAddress(String text) {
    try {
      return InetAddress.ofLiteral(text).getAddress().length > 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  boolean contains(InetAddress other) {
    byte[] bytes = address.getAddress();
    int rest = bytes.length * 8 - prefix;
    return other.getAddress().length == bytes.length
        && new BigInteger(1, bytes)
            .shiftRight(rest)
            .equals(new BigInteger(1, other.getAddress()).shiftRight(rest));
  }

  @Override
  public String toString() {
    String text = address.getHostAddress();
    return prefix == address.getAddress().length * 8 ? text : text + "/" + prefix;
  }
}
