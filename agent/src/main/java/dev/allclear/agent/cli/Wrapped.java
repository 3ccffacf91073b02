package dev.allclear.agent.cli;

import java.util.ArrayList;
import java.util.List;

/// Text in lines of at most 80 columns, broken at spaces where there are any.
record Wrapped(int indent) {
  static final int COLUMNS = 80;

  List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    String left = text;
    int width = COLUMNS - indent;
    while (left.length() > width) {
      int space = left.lastIndexOf(' ', width);
      int end = space > 0 ? space : Math.max(left.indexOf(' '), 0);
      if (end == 0) {
        break;
      }
      lines.add(" ".repeat(indent) + left.substring(0, end));
      left = left.substring(end + 1);
    }
    lines.add(" ".repeat(indent) + left);
    return lines;
  }
}
