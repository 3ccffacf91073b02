package dev.allclear.agent.yaml;

import java.util.Comparator;

/// One thing that is wrong with a file, and what to write instead. Line and column count from 1.
public record Problem(String file, int line, int column, String message) {

  public static final Comparator<Problem> IN_FILE_ORDER =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
