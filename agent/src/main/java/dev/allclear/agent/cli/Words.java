package dev.allclear.agent.cli;

import java.util.List;
import java.util.stream.Collectors;

/// A command line as somebody can paste it into a shell.
final class Words {
  private static final String PLAIN = "[A-Za-z0-9_@%+=:,./-]+";

  private Words() {}

  static String line(List<String> words) {
    return words.stream().map(Words::quoted).collect(Collectors.joining(" "));
  }

  static String quoted(String word) {
    return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
