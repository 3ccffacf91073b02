package dev.allclear.agent.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/// A command line that was run in this process: its exit code, and what it printed.
record Ran(int code, String out, String err) {

  static Ran of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        commands()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  /// Without colours, wherever the tests run.
  static CommandLine commands() {
    return Main.commandLine().setColorScheme(Help.defaultColorScheme(Ansi.OFF));
  }
}
