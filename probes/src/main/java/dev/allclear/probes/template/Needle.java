package dev.allclear.probes.template;

import java.util.BitSet;

/// A text that is found in time linear to what it is sought in, whatever both are (Knuth, Morris
/// and Pratt). Letters' case is ignored, and so is what tells a form's space from a plus and
/// base64url from base64.
final class Needle {

  /// Fewer characters tell nothing, and masking them would shred the text.
  static final int SHORTEST = 4;

  private final char[] text;

  /// For each length, the longest shorter beginning that also ends there.
  private final int[] borders;

  private final boolean base64;

  private Needle(String text, boolean base64) {
    this.text = text.toCharArray();
    this.base64 = base64;
    for (int i = 0; i < this.text.length; i++) {
      this.text[i] = fold(this.text[i]);
    }
    borders = new int[this.text.length + 1];
    for (int i = 1; i < this.text.length; i++) {
      borders[i + 1] = advance(borders[i], this.text[i]);
    }
  }

  static Needle of(String text) {
    return new Needle(text, false);
  }

  /// What it is found in is hidden as a whole: the characters beside it hold bits of the secret.
  static Needle inBase64(String text) {
    return new Needle(text, true);
  }

  /// Also marks a beginning at the very end, where the rest may be missing.
  void mark(View view, boolean cut, BitSet marks) {
    int matched = 0;
    int marked = 0;
    for (int i = 0; i < view.length(); i++) {
      matched = advance(matched, fold(view.at(i)));
      if (matched == text.length && i >= marked) {
        marked = mark(view, Math.max(marked, i + 1 - matched), i + 1, marks);
      }
    }
    if (matched >= (cut && !base64 ? 1 : SHORTEST) && matched < text.length) {
      mark(view, view.length() - matched, view.length(), marks);
    }
  }

  /// Returns where the marks end.
  private int mark(View view, int from, int to, BitSet marks) {
    int first = from;
    int end = to;
    while (base64
        && first > 0
        && isBase64(view.at(first - 1))
        && !isMarked(view, first - 1, marks)) {
      first--;
    }
    while (base64 && end < view.length() && (isBase64(view.at(end)) || view.at(end) == '=')) {
      end++;
    }
    view.mark(first, end, marks);
    return end;
  }

  private static boolean isMarked(View view, int index, BitSet marks) {
    return marks.get(view.start(index));
  }

  /// How much of the needle is matched after one more character.
  private int advance(int matched, char next) {
    int longest = matched == text.length ? borders[matched] : matched;
    while (longest > 0 && text[longest] != next) {
      longest = borders[longest];
    }
    return text[longest] == next ? longest + 1 : 0;
  }

  private static boolean isBase64(char c) {
    char folded = fold(c);
    return (folded >= 'a' && folded <= 'z')
        || (folded >= '0' && folded <= '9')
        || (c != ' ' && folded == '+')
        || folded == '/';
  }

  private static char fold(char c) {
    return switch (c) {
      case ' ', '-', '+' -> '+';
      case '_', '/' -> '/';
      default -> c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
    };
  }
}
