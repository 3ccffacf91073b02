package dev.allclear.probes.dns;

import dev.allclear.probes.dns.Server.Transport;
import dev.allclear.probes.wire.Route;
import dev.allclear.probes.wire.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Servers as people write them.
final class ServerText {
  private static final int TLS_PORT = 853;
  private static final int HTTPS_PORT = 443;
  private static final String FORMS =
      "write ADDRESS, ADDRESS:PORT, tcp://ADDRESS, tls://HOST or https://HOST/dns-query";
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[(?<v6>[^\\]]*)\\]|(?<v4>[^:\\[\\]]*))(?::(?<port>.*))?");
  private static final Pattern HOST =
      Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private ServerText() {}

  static Server parse(String name, String text) {
    Matcher url = SCHEME.matcher(text);
    if (!url.matches()) {
      return new Server(name, address(text), Transport.UDP, false);
    }
    String rest = url.group(2);
    return switch (url.group(1).toLowerCase(Locale.ROOT)) {
      case "udp" -> new Server(name, address(rest), Transport.UDP, false);
      case "tcp" -> new Server(name, address(rest), Transport.TCP, false);
      case "tls" -> secured(name, Transport.TLS, rest, TLS_PORT, "");
      case "https" -> https(name, rest);
      case String other ->
          throw new IllegalArgumentException(other + ":// is not supported; " + FORMS);
    };
  }

  private static Server https(String name, String text) {
    int slash = text.indexOf('/');
    String path = slash < 0 ? "" : text.substring(slash);
    if (!path.matches("/[!-~]+") || path.contains("#") || path.contains("{")) {
      throw new IllegalArgumentException(
          "`" + text + "` names no path; write one, as https://HOST/dns-query");
    }
    return secured(name, Transport.HTTPS, text.substring(0, slash), HTTPS_PORT, path);
  }

  private static Server secured(
      String name, Transport transport, String text, int usualPort, String path) {
    InetSocketAddress address = endpoint(text, usualPort);
    if (address.isUnresolved() && !HOST.matcher(address.getHostString()).matches()) {
      throw notAnAddress(text, "an IP address or host name");
    }
    String proves =
        address.isUnresolved() ? address.getHostString() : Literal.show(address.getAddress());
    boolean bracketed = proves.indexOf(':') >= 0;
    String host = bracketed ? "[" + proves + "]" : proves;
    String shown = address.getPort() == usualPort ? host : host + ":" + address.getPort();
    Secured secured = new Secured(Trust.system(proves), shown, path, Route.Method.GET);
    return new Server(name, address, transport, false, secured, null);
  }

  private static InetSocketAddress address(String text) {
    InetSocketAddress address = endpoint(text, Server.DNS_PORT);
    if (address.isUnresolved()) {
      throw notAnAddress(address.getHostString(), "an IP address");
    }
    return address;
  }

  /// Unresolved if it is no IP address.
  private static InetSocketAddress endpoint(String text, int usualPort) {
    InetAddress bare = Literal.parse(text);
    if (bare != null) {
      return new InetSocketAddress(bare, usualPort);
    }
    Matcher parts = WITH_PORT.matcher(text);
    if (!parts.matches()) {
      throw notAnAddress(text, "an IP address");
    }
    String host = parts.group("v6") == null ? parts.group("v4") : parts.group("v6");
    InetAddress address = Literal.parse(host);
    String port = parts.group("port");
    int chosen = port == null ? usualPort : port(port);
    return address == null
        ? InetSocketAddress.createUnresolved(host, chosen)
        : new InetSocketAddress(address, chosen);
  }

  private static IllegalArgumentException notAnAddress(String text, String wanted) {
    return new IllegalArgumentException("`" + text + "` is not " + wanted + "; " + FORMS);
  }

  private static int port(String text) {
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "`" + text + "` is not a port; write a number from 1 to 65535");
    }
    return port;
  }
}
