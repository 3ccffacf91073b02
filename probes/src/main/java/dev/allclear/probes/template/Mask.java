package dev.allclear.probes.template;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes text fit to be shown: secrets masked in every spelling they are sent in, control
/// characters escaped, long text cut. Used by one run on its thread.
public final class Mask {

  /// Masking shorter ones would shred the text and hide nothing.
  private static final int SHORTEST_SECRET = 4;

  /// Of a character: `%e2%82%ac`.
  private static final int LONGEST_SPELLING = 9;

  private static final int VALUE_LENGTH = 80;
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  /// Longest first, so that a secret inside another leaves no rest of it.
  private final Set<String> hidden =
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(text -> text));

  private Pattern secrets = NOTHING;

  public void hide(String secret) {
    if (secret.length() >= SHORTEST_SECRET && hidden.add(secret)) {
      secrets =
          Pattern.compile(
              hidden.stream().map(Mask::spellings).collect(Collectors.joining("|")),
              Pattern.CASE_INSENSITIVE);
    }
  }

  /// The text without secrets and control characters, cut to `length` characters.
  public String show(String text, int length) {
    String masked = secrets.matcher(text).replaceAll("***");
    StringBuilder shown = new StringBuilder();
    masked
        .codePoints()
        .limit(length + 1L)
        .forEach(c -> shown.append(isPlain(c) ? Character.toString(c) : escape(c)));
    return shown.length() <= length ? shown.toString() : shown.substring(0, length - 1) + "…";
  }

  /// The text without secrets; control characters stay. One that was `cut` ends before what may be
  /// the start of a secret.
  public String redacted(String text, boolean cut) {
    String whole = cut ? text.substring(0, endOfWhole(text)) : text;
    return secrets.matcher(whole).replaceAll("***");
  }

  /// More of the text is to come, as for a scanner.
  @SuppressWarnings("JdkObsolete")
  private int endOfWhole(String text) {
    int longest = hidden.stream().mapToInt(String::length).max().orElse(0) * LONGEST_SPELLING;
    Matcher matcher = secrets.matcher(text);
    for (int at = Math.max(0, text.length() - longest); at < text.length(); at++) {
      boolean _ = matcher.region(at, text.length()).lookingAt();
      if (matcher.hitEnd()) {
        return at;
      }
    }
    return text.length();
  }

  /// A value in an outcome's detail.
  public String value(String text) {
    return show(text, VALUE_LENGTH);
  }

  public String quoted(String text) {
    return '"' + value(text) + '"';
  }

  /// Each character as it is, in percent-encoding, as a form's space, and escaped as in JSON.
  private static String spellings(String secret) {
    return secret.codePoints().mapToObj(Mask::spellings).collect(Collectors.joining());
  }

  private static String spellings(int c) {
    String text = Character.toString(c);
    String json = JsonText.write(text);
    Stream<String> spellings =
        Stream.of(text, percent(text), json.substring(1, json.length() - 1), c == ' ' ? "+" : text);
    return spellings.distinct().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
  }

  private static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append("%%%02x".formatted(octet));
    }
    return encoded.toString();
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
