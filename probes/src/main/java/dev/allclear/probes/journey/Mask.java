package dev.allclear.probes.journey;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/// Makes text fit to be shown: secrets masked in every spelling they are sent in, control
/// characters escaped, long text cut. Used by one run on its thread.
final class Mask {

  /// Masking shorter ones would shred the text and hide nothing.
  private static final int SHORTEST_SECRET = 4;

  private static final int VALUE_LENGTH = 80;
  private static final Pattern NOTHING = Pattern.compile("(?!)");
  private static final HttpUrl ANY_URL = HttpUrl.get("http://any.example/");

  /// Longest first, so that a secret inside another leaves no rest of it.
  private final Set<String> spellings =
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(text -> text));

  private Pattern secrets = NOTHING;

  void hide(String secret) {
    if (secret.length() < SHORTEST_SECRET) {
      return;
    }
    spellings.addAll(spellings(secret).toList());
    secrets =
        Pattern.compile(
            spellings.stream().map(Pattern::quote).collect(Collectors.joining("|")),
            Pattern.CASE_INSENSITIVE);
  }

  /// The text without secrets and control characters, cut to `length` characters.
  String show(String text, int length) {
    String masked = secrets.matcher(text).replaceAll("***");
    StringBuilder shown = new StringBuilder();
    masked
        .codePoints()
        .limit(length + 1L)
        .forEach(c -> shown.append(isPlain(c) ? Character.toString(c) : escape(c)));
    return shown.length() <= length ? shown.toString() : shown.substring(0, length - 1) + "…";
  }

  /// A value in an outcome's detail.
  String value(String text) {
    return show(text, VALUE_LENGTH);
  }

  String quoted(String text) {
    return '"' + value(text) + '"';
  }

  private static Stream<String> spellings(String secret) {
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    HttpUrl url =
        ANY_URL.newBuilder().addPathSegment(secret).addQueryParameter("q", secret).build();
    String json = JsonText.write(secret);
    return Stream.of(
        secret,
        form,
        form.replace("+", "%20"),
        url.encodedPath().substring(1),
        url.encodedQuery() == null ? secret : url.encodedQuery().substring(2),
        json.substring(1, json.length() - 1));
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u{%x}".formatted(c);
    };
  }
}
