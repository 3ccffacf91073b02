package dev.allclear.agent.importer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What was answered. `type` is the bare media type; `body` is empty if it is no text or was not
/// recorded.
record Answer(int status, List<Pair> headers, String type, String body) {

  /// The bare media type in a Content-Type.
  static String bare(@Nullable String contentType) {
    return contentType == null || contentType.equals("x-unknown")
        ? ""
        : contentType.replaceFirst("(?s);.*", "").strip().toLowerCase(Locale.ROOT);
  }

  boolean isHtml() {
    return type.equals("text/html") || type.equals("application/xhtml+xml");
  }

  static boolean isJson(String type) {
    return type.equals("application/json") || type.endsWith("+json") || type.equals("text/json");
  }

  /// Where it sends the browser, if it does.
  @Nullable String location() {
    return status >= 300 && status < 400 ? Pair.value(headers, "Location") : null;
  }

  /// Name and value of the cookies it set; browsers record several in one header, one per line.
  List<Pair> cookies() {
    return Pair.values(headers, "Set-Cookie")
        .flatMap(header -> Stream.of(header.split("\n", -1)))
        .map(cookie -> cookie.replaceFirst("(?s);.*", "").strip())
        .filter(cookie -> cookie.indexOf('=') > 0)
        .map(cookie ->
            new Pair(
                cookie.substring(0, cookie.indexOf('=')),
                cookie.substring(cookie.indexOf('=') + 1)))
        .toList();
  }
}
