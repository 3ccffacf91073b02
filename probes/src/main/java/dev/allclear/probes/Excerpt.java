package dev.allclear.probes;

import java.nio.charset.StandardCharsets;

/// The start of a text that may be shown: line breaks and tabs as they are, other control
/// characters escaped; `cut` is true if the text went on.
public record Excerpt(String text, boolean cut) {

  /// As much of it as takes no more than so many bytes in UTF-8; `cut` says that the text itself is
  /// but a start.
  static Excerpt of(String text, boolean cut, int bytes) {
    StringBuilder shown = new StringBuilder();
    int left = bytes;
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      String next = shown(text.codePointAt(at));
      left -= size(next);
      if (left < 0) {
        return new Excerpt(shown.toString(), true);
      }
      shown.append(next);
    }
    return new Excerpt(shown.toString(), cut);
  }

  /// In UTF-8.
  static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String shown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\n' || c == '\t' ? Character.toString(c) : escape(c);
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          escape(c);
      default -> Character.toString(c);
    };
  }

  private static String escape(int c) {
    return c == '\r' ? "\\r" : "\\u{%x}".formatted(c);
  }
}
