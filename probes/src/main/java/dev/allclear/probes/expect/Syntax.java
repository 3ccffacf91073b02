package dev.allclear.probes.expect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.jayway.jsonpath.JsonPath;

/// Checks what an operator wrote in RE2 or JSONPath, and says what is wrong with it.
public final class Syntax {

  private Syntax() {}

  public static Pattern regex(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "`%s` is no regular expression (RE2): %s".formatted(regex, e.getDescription()), e);
    }
  }

  public static String jsonPath(String path) {
    if (!path.startsWith("$")) {
      throw new IllegalArgumentException(
          "`%s` is no JSONPath; write $.%s".formatted(path, path.isEmpty() ? "name" : path));
    }
    try {
      JsonPath.compile(path);
      return path;
    } catch (RuntimeException e) {
      // Beside InvalidPathException the compiler lets indexing and number errors of its own escape.
      throw new IllegalArgumentException(
          "`%s` is no JSONPath: %s".formatted(path, e.getMessage()), e);
    }
  }
}
