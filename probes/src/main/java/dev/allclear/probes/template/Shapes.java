package dev.allclear.probes.template;

import java.util.BitSet;

/// Marks what is secret by its look, whoever sent it: JSON Web Tokens, and who a URL logs in as.
final class Shapes {

  /// How the JSON of a token's head begins, `{"`, in base64.
  private static final String TOKEN = "eyJ";

  /// Enough of a token that was cut off to know it by.
  private static final int LEAST = 20;

  private static final int LONGEST_USER = 512;

  private final View view;
  private final BitSet marks;

  Shapes(View view, BitSet marks) {
    this.view = view;
    this.marks = marks;
  }

  void mark() {
    int at = 0;
    while (at < view.length()) {
      int end = isTokenPart(view.at(at)) ? markTokens(at) : at + 1;
      if (view.text().startsWith("://", at)) {
        markUser(at + 3);
      }
      at = end;
    }
  }

  /// Marks tokens in an unbroken stretch of their letters, and returns where it ends.
  private int markTokens(int from) {
    int end = from;
    while (end < view.length() && isTokenPart(view.at(end))) {
      end++;
    }
    int token = view.text().indexOf(TOKEN, from, end);
    boolean whole = token >= 0 && dots(token, end) >= 2;
    boolean cut = token >= 0 && end == view.length() && end - token >= LEAST;
    if ((whole || cut) && (token == from || !Character.isLetterOrDigit(view.at(token - 1)))) {
      view.mark(token, end, marks);
    }
    return end;
  }

  private long dots(int from, int end) {
    return view.text().substring(from, end).chars().filter(c -> c == '.').count();
  }

  private void markUser(int from) {
    int most = Math.min(view.length(), from + LONGEST_USER);
    int end = from;
    while (end < most && "@/?#\\ \t\r\n\"'<>".indexOf(view.at(end)) < 0) {
      end++;
    }
    if (end < most && view.at(end) == '@') {
      view.mark(from, end, marks);
    }
  }

  private static boolean isTokenPart(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "_-.".indexOf(c) >= 0;
  }
}
