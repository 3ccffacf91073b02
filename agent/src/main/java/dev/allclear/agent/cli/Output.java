package dev.allclear.agent.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The option on how to print, shared by the commands that print results.
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class Output {
  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print JSON for machines.")
  private boolean json;

  boolean json() {
    return json;
  }

  Console console() {
    Console console = Console.of(spec);
    return json ? new Console(console.out(), console.err(), false) : console;
  }
}
