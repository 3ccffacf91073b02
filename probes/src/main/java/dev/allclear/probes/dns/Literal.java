package dev.allclear.probes.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// IP addresses as people write them.
final class Literal {
  /// The JDK would also take `127.1` and `2130706433`.
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private Literal() {}

  /// Null if the text is no address but perhaps a name.
  static @Nullable InetAddress parse(String text) {
    if (!IPV4.matcher(text).matches() && text.indexOf(':') < 0) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// The address of 4 or 16 octets.
  static InetAddress of(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address of " + octets.length + " octets", e);
    }
  }

  /// IPv6 in its one canonical form (RFC 5952): lower case, the longest run of zeros left out.
  static String show(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] octets = address.getAddress();
    StringJoiner groups = new StringJoiner(":");
    for (int i = 0; i < octets.length; i += 2) {
      int group = HexFormat.fromHexDigits(HexFormat.of().formatHex(octets, i, i + 2));
      groups.add(Integer.toHexString(group));
    }
    String full = groups.toString();
    for (int zeros = 8; zeros >= 2; zeros--) {
      String shorter = full.replaceFirst("(^|:)0(:0){%d}(:|$)".formatted(zeros - 1), "::");
      if (!shorter.equals(full)) {
        return shorter;
      }
    }
    return full;
  }

  static String show(InetSocketAddress address) {
    String host = show(address.getAddress());
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
