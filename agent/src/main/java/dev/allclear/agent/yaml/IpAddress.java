package dev.allclear.agent.yaml;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// IP addresses as people write them; the JDK would also take `10.1`.
public final class IpAddress {
  private static final Pattern SHAPE =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+");

  private IpAddress() {}

  /// Reads the text form of an address, never a host name.
  ///
  /// @throws IllegalArgumentException saying what to write instead
  public static InetAddress parse(String text) {
    try {
      if (SHAPE.matcher(text).matches()) {
        return InetAddress.ofLiteral(text);
      }
    } catch (IllegalArgumentException _) {
      // Told below, in the same words.
    }
    throw new IllegalArgumentException(
        Value.quoted(text) + " is not an IP address; write one, as 192.0.2.10 or 2001:db8::10");
  }
}
