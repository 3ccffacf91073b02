package dev.allclear.agent.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The options on how to print, shared by the commands.
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class Output {
  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print JSON for machines.")
  private boolean json;

  boolean json() {
    return json;
  }

  /// Colours on a terminal only, and none where NO_COLOR is set or the terminal is dumb. From JDK
  /// 25 on the console is null again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  Console console() {
    java.io.Console terminal = System.console();
    boolean wanted = System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    return new Console(
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        terminal != null && terminal.isTerminal() && wanted && !json);
  }
}
