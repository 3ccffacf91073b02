package dev.allclear.probes.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A nameserver to ask: an authority, which knows, or a resolver, which remembers.
public record Server(
    String name, InetSocketAddress address, Transport transport, boolean authority) {
  static final int DNS_PORT = 53;
  private static final String FORMS = "write ADDRESS, ADDRESS:PORT or tcp://ADDRESS:PORT";
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[(?<v6>[^\\]]*)\\]|(?<v4>[^:\\[\\]]*))(?::(?<port>.*))?");

  /// How to reach it.
  public enum Transport {
    UDP,
    TCP
  }

  /// A resolver, written as `9.9.9.9`, `127.0.0.1:5301`, `[2001:db8::1]:53` or with `udp://` or
  /// `tcp://` before it.
  ///
  /// @throws IllegalArgumentException that says what to write instead
  public static Server parse(String name, String text) {
    Matcher url = SCHEME.matcher(text);
    if (!url.matches()) {
      return new Server(name, endpoint(text), Transport.UDP, false);
    }
    Transport transport = transport(url.group(1));
    return new Server(name, endpoint(url.group(2)), transport, false);
  }

  /// The same, asked as one that knows.
  public Server asAuthority() {
    return new Server(name, address, transport, true);
  }

  private static Transport transport(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "udp" -> Transport.UDP;
      case "tcp" -> Transport.TCP;
      case String other ->
          throw new IllegalArgumentException(other + ":// is not supported yet; " + FORMS);
    };
  }

  private static InetSocketAddress endpoint(String text) {
    InetAddress bare = Literal.parse(text);
    if (bare != null) {
      return new InetSocketAddress(bare, DNS_PORT);
    }
    Matcher parts = WITH_PORT.matcher(text);
    if (!parts.matches()) {
      throw notAnAddress(text);
    }
    String host = parts.group("v6") == null ? parts.group("v4") : parts.group("v6");
    InetAddress address = Literal.parse(host);
    if (address == null) {
      throw notAnAddress(host);
    }
    String port = parts.group("port");
    return new InetSocketAddress(address, port == null ? DNS_PORT : port(port));
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException("`" + text + "` is not an IP address; " + FORMS);
  }

  private static int port(String text) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "`" + text + "` is not a port; write a number from 1 to 65535");
    }
    return port;
  }

  /// As in messages: `office (192.0.2.53:53)`.
  @Override
  public String toString() {
    String shown = Literal.show(address);
    return name.equals(shown) ? name : name + " (" + shown + ")";
  }
}
