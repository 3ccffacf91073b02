package dev.allclear.agent.cli;

import java.io.PrintWriter;

/// Where a command prints: results to `out`, all else to `err`; colours only on a terminal.
record Console(PrintWriter out, PrintWriter err, boolean colours) {

  /// What a text means, for its colour.
  enum Tone {
    GOOD("32"),
    BAD("31"),
    DOUBTFUL("33"),
    FAINT("2"),
    STRONG("1");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  String in(Tone tone, String text) {
    return colours ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  void note(String line) {
    err.println(line);
    err.flush();
  }
}
