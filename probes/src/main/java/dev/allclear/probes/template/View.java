package dev.allclear.probes.template;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// A text with layers of escapes undone, and where each of its characters stands in the source.
final class View {

  private final String text;

  /// Where each character starts in the source, then where the source ends; null if this is it.
  private final int @Nullable [] starts;

  View(String text, int @Nullable [] starts) {
    this.text = text;
    this.starts = starts;
  }

  static View of(String source) {
    return new View(source, null);
  }

  String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  char at(int index) {
    return text.charAt(index);
  }

  /// Where the character starts in the source.
  int start(int index) {
    return starts == null ? index : starts[index];
  }

  /// Marks what the characters from `from` to before `to` are made of in the source.
  void mark(int from, int to, BitSet marks) {
    if (from < to) {
      marks.set(start(from), start(to));
    }
  }
}
