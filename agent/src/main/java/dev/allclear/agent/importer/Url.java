package dev.allclear.agent.importer;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A URL as it was written, taken apart (RFC 3986, appendix B) and neither checked nor encoded,
/// since browsers send what no strict parser accepts. The fragment, which is never sent, is left
/// out.
record Url(String scheme, String authority, String path, @Nullable String query) {
  private static final Pattern PARTS =
      Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#.*)?");

  /// Null if it is not absolute.
  static @Nullable Url parse(String text) {
    Matcher parts = PARTS.matcher(text);
    return parts.matches()
        ? new Url(
            parts.group(1).toLowerCase(Locale.ROOT),
            parts.group(2),
            parts.group(3).isEmpty() ? "/" : parts.group(3),
            parts.group(4))
        : null;
  }

  boolean isHttp() {
    return scheme.equals("http") || scheme.equals("https");
  }

  String origin() {
    return scheme + "://" + authority.substring(authority.lastIndexOf('@') + 1);
  }

  /// `USER:PASSWORD`, if that was written.
  @Nullable String user() {
    int at = authority.lastIndexOf('@');
    return at < 0 ? null : authority.substring(0, at);
  }

  /// Without port.
  String host() {
    String place = authority.substring(authority.lastIndexOf('@') + 1);
    return place.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT);
  }

  List<String> segments() {
    return List.of(path.split("/", -1));
  }

  /// Null if its parts are not all written as NAME=VALUE, each name once, so that taking them apart
  /// would change what is sent.
  @Nullable List<Pair> parameters() {
    return query == null || query.isEmpty() ? List.of() : pairs(query);
  }

  /// As {@link #parameters}, of any text encoded so.
  static @Nullable List<Pair> pairs(String encoded) {
    List<Pair> pairs = new ArrayList<>();
    for (String part : encoded.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 1 ? null : decoded(part.substring(0, equals));
      String value = equals < 1 ? null : decoded(part.substring(equals + 1));
      if (name == null
          || value == null
          || pairs.stream().anyMatch(other -> other.name().equals(name))) {
        return null;
      }
      pairs.add(new Pair(name, value));
    }
    return pairs;
  }

  static @Nullable String decoded(String text) {
    try {
      String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      return decoded.indexOf('\uFFFD') < 0 ? decoded : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// The URL that a reference on its page means (RFC 3986, section 5.2; dots are left).
  @Nullable Url resolve(String reference) {
    if (PARTS.matcher(reference).matches()) {
      return parse(reference);
    }
    if (reference.startsWith("//")) {
      return parse(scheme + ":" + reference);
    }
    if (reference.startsWith("/")) {
      return parse(origin() + reference);
    }
    if (reference.isEmpty() || reference.startsWith("?")) {
      return parse(
          origin() + path + (reference.isEmpty() && query != null ? "?" + query : reference));
    }
    return reference.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*")
        ? null
        : parse(origin() + path.substring(0, path.lastIndexOf('/') + 1) + reference);
  }

  /// From the path on.
  String target() {
    return query == null ? path : path + "?" + query;
  }

  @Override
  public String toString() {
    return origin() + target();
  }
}
