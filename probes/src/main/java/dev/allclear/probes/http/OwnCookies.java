package dev.allclear.probes.http;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/// The cookies of a request's own, for its host alone. A tag of the request; they join those of the
/// jar on the way out, and replace them by name.
record OwnCookies(HttpUrl url, Map<String, String> cookies) {

  private static final String HEADER = "Cookie";

  OwnCookies {
    cookies = Collections.unmodifiableMap(new LinkedHashMap<>(cookies));
    cookies.forEach(OwnCookies::check);
  }

  static Response join(Interceptor.Chain chain) throws IOException {
    return chain.proceed(joined(chain.request()));
  }

  /// With its own among the others.
  static Request joined(Request request) {
    OwnCookies own = request.tag(OwnCookies.class);
    return own == null || !own.isFor(request.url()) ? request : own.joining(request);
  }

  /// Where a redirect leads is none of theirs.
  private boolean isFor(HttpUrl asked) {
    return asked.host().equals(url.host()) && (asked.isHttps() || !url.isHttps());
  }

  private Request joining(Request request) {
    String kept = request.header(HEADER);
    Stream<String> others =
        kept == null ? Stream.empty() : Stream.of(kept.split("; ", -1)).filter(this::isOther);
    Stream<String> ours = cookies.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue());
    String line = Stream.concat(others, ours).collect(Collectors.joining("; "));
    return request.newBuilder().header(HEADER, line).build();
  }

  private boolean isOther(String cookie) {
    return !cookies.containsKey(cookie.substring(0, Math.max(0, cookie.indexOf('='))));
  }

  /// RFC 6265 section 4.1.1, but for spaces, commas, quotes and backslashes, which servers take.
  private static void check(String name, String value) {
    if (!value.matches("[\\x20-\\x7e&&[^;]]*")) {
      throw new IllegalArgumentException(
          "the cookie " + name + " has a character that no cookie may have");
    }
  }
}
