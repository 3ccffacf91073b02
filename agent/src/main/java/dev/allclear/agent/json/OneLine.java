package dev.allclear.agent.json;

/// Texts of strangers that are shown to people: on one line, and nothing that a terminal obeys.
public final class OneLine {
  private static final int LONGEST = 60;
  private static final int JOINER = 0x200d;

  private OneLine() {}

  /// Whether it is, and no longer.
  public static boolean is(String text, int longest) {
    return text.length() <= longest && text.codePoints().allMatch(OneLine::isPlain);
  }

  /// Made so, for a message.
  public static String of(String text) {
    return of(text, LONGEST);
  }

  /// Made so: what is not plain becomes a space, what is too much is cut off.
  public static String of(String text, int longest) {
    String plain =
        text.codePoints()
            .map(c -> isPlain(c) ? c : ' ')
            .limit(longest + 1L)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return plain.length() <= longest ? plain : cut(plain, longest - 1) + "…";
  }

  private static String cut(String text, int length) {
    boolean splits = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splits ? length - 1 : length);
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> c == JOINER;
      default -> true;
    };
  }
}
