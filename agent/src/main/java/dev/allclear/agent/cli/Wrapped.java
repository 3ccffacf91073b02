package dev.allclear.agent.cli;

import java.util.ArrayList;
import java.util.List;

/// Text in lines that fit into 80 columns behind an indent, broken at spaces where there are any.
final class Wrapped {
  static final int COLUMNS = 80;

  private Wrapped() {}

  /// Without the indent.
  static List<String> lines(String text, int indent) {
    int width = COLUMNS - indent;
    List<String> lines = new ArrayList<>();
    String left = text;
    while (left.length() > width) {
      int space = left.lastIndexOf(' ', width);
      // A word alone on the first line, as before a long URL, helps nobody.
      int end = space > width / 4 ? space : left.indexOf(' ', width);
      if (end <= 0) {
        break;
      }
      lines.add(left.substring(0, end));
      left = left.substring(end + 1);
    }
    lines.add(left);
    return lines;
  }
}
