package dev.allclear.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `allclear claim TYPE …`.
@Command(
    name = "claim",
    mixinStandardHelpOptions = true,
    description = "Tells a running agent what happened; it writes that down beside what it sees.",
    subcommands = ClaimDnsChangedCommand.class,
    footerHeading = "%nExample:%n",
    footer = "  allclear claim dns-changed shop.example")
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class ClaimCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which claim? One of:");
  }
}
