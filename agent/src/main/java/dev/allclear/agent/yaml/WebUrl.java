package dev.allclear.agent.yaml;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks URLs that an agent or a browser is to open. Messages do not repeat them, since they may
/// hold a secret.
public final class WebUrl {
  private static final Pattern SCHEME = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);
  private static final Pattern SOCKET = Pattern.compile("(?i)wss?://.*", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[[0-9A-Fa-f:.]+\\]|[^:@\\[\\]]+)(?::(?<port>\\d{1,5}))?");

  private static final Pattern ADDRESS_HOST =
      Pattern.compile("(?i)(?:http|ws)s?://(?:\\[[^\\]]*\\]|[\\d.]+)(?:[:/?#].*)?", Pattern.DOTALL);

  private WebUrl() {}

  /// Reads `http://HOST…` or `https://HOST…`.
  ///
  /// @throws IllegalArgumentException saying what to write instead
  public static URI parse(String text) {
    if (!SCHEME.matcher(text).matches()) {
      throw wrong("does not begin with http:// or https://");
    }
    URI url = uri(text);
    String authority = url.getRawAuthority();
    Matcher parts = AUTHORITY.matcher(authority == null ? "" : authority);
    if (authority != null && authority.contains("@")) {
      throw new IllegalArgumentException(
          "the URL has a user in it; write it without; a journey sends it with"
              + " `basic: {user: NAME, password: PASSWORD}`");
    }
    if (!parts.matches()) {
      throw wrong(authority == null ? "has no host" : "is not http://HOST or http://HOST:PORT");
    }
    String port = parts.group("port");
    if (port != null && !HostPort.isPort(Integer.parseInt(port))) {
      throw wrong("has no port from 1 to 65535");
    }
    return url;
  }

  /// Reads `ws://HOST…` or `wss://HOST…`.
  ///
  /// @throws IllegalArgumentException saying what to write instead
  public static URI parseSocket(String text) {
    if (!SOCKET.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "the URL does not begin with ws:// or wss://; write one, as wss://shop.example/live");
    }
    return parse("http" + text.substring("ws".length()));
  }

  /// True if its host is an IP address.
  public static boolean namesAddress(String url) {
    return ADDRESS_HOST.matcher(url).matches();
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw wrong(
          e.getIndex() >= 0 && e.getIndex() < text.length()
              ? "has %s in place %d, where it may not stand"
                  .formatted(
                      Value.quoted(text.substring(e.getIndex(), e.getIndex() + 1)),
                      e.getIndex() + 1)
              : "has no host");
    }
  }

  private static IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(
        "the URL " + why + "; write one, as https://shop.example/healthz");
  }
}
