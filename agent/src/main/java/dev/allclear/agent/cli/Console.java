package dev.allclear.agent.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/// Where a command prints: results to `out`, all else to `err`; colours only on a terminal.
record Console(PrintWriter out, PrintWriter err, boolean colours) {

  /// What a text means, for its colour.
  enum Tone {
    GOOD("32"),
    BAD("31"),
    DOUBTFUL("33"),
    FAINT("2"),
    STRONG("1"),
    DNS("35"),
    CONNECT("33"),
    TLS("36"),
    SEND("37"),
    WAIT("34"),
    RECEIVE("32");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  /// Colours on a terminal only, and none where NO_COLOR is set or the terminal is dumb.
  static Console of(CommandSpec command, boolean forPeople) {
    boolean colours =
        forPeople
            && onTerminal()
            && System.getenv("NO_COLOR") == null
            && !"dumb".equals(System.getenv("TERM"));
    return new Console(command.commandLine().getOut(), command.commandLine().getErr(), colours);
  }

  /// From JDK 25 on the system's console is null again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  static boolean onTerminal() {
    java.io.Console terminal = System.console();
    return terminal != null && terminal.isTerminal();
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
