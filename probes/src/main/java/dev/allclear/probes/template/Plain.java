package dev.allclear.probes.template;

/// How one character is written so that neither a terminal nor a log obeys it.
final class Plain {

  private Plain() {}

  static String of(int c) {
    return isPlain(c) ? Character.toString(c) : escape(c);
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
