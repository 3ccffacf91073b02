package dev.allclear.probes.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy: asked to CONNECT for https, and by the whole URL for http.
public record HttpProxy(String host, int port, @Nullable Login login) {

  static final String AUTHORIZATION = "Proxy-Authorization";

  /// Reads `http://HOST:PORT` or `http://USER:PASSWORD@HOST:PORT`, where `%40` in a password is
  /// `@`.
  ///
  /// @throws IllegalArgumentException saying what to write instead, without the password
  public static HttpProxy parse(String text) {
    HttpUrl url = HttpUrl.parse(text);
    if (url == null || !text.toLowerCase(Locale.ROOT).startsWith("http://")) {
      throw new IllegalArgumentException(
          "a proxy is asked over http; write its URL, as http://proxy.example:3128");
    }
    if (!url.encodedPath().equals("/") || url.query() != null || url.fragment() != null) {
      throw new IllegalArgumentException(
          "a proxy has no path; write its URL, as http://proxy.example:3128");
    }
    Login login =
        url.username().isEmpty() && url.password().isEmpty()
            ? null
            : new Login(url.username(), url.password());
    return new HttpProxy(url.host(), url.port(), login);
  }

  /// The value of Proxy-Authorization, or null.
  @Nullable String authorization() {
    return login == null ? null : login.basic();
  }

  Proxy asked() {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }
}
