package dev.allclear.agent.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// Where a command prints, and whether JSON was asked for.
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
    return Console.of(spec, !json);
  }
}
