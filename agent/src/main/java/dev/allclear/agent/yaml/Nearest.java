package dev.allclear.agent.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The word somebody probably meant: the fewest letters added, dropped, changed or swapped, where
/// capitals cost nothing.
public final class Nearest {
  private static final int LONGEST = 100;

  private Nearest() {}

  /// None if a third of the letters or more would have to change.
  public static @Nullable String to(String word, Collection<String> words) {
    int limit = Math.max(1, (word.length() - 1) / 3);
    return words.stream()
        .filter(candidate -> Math.max(word.length(), candidate.length()) <= LONGEST)
        .filter(candidate -> distance(lower(word), lower(candidate)) <= limit)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(lower(word), lower(candidate)))
                .thenComparingInt(candidate -> distance(word, candidate)))
        .orElse(null);
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /// Ends a message: the nearest word, else all of them, else what to do without any.
  public static String advice(String word, Collection<String> words, String otherwise) {
    String nearest = to(word, words);
    if (nearest != null) {
      return "did you mean `" + nearest + "`?";
    }
    return words.isEmpty() ? otherwise : "write one of: " + String.join(", ", words);
  }

  private static int distance(String a, String b) {
    int[][] changes = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        changes[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(changes, a, b, i, j);
      }
    }
    return changes[a.length()][b.length()];
  }

  private static int step(int[][] changes, String a, String b, int i, int j) {
    int replaced = changes[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(changes[i - 1][j], changes[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, changes[i - 2][j - 2] + 1) : least;
  }
}
