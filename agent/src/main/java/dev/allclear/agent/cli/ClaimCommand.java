package dev.allclear.agent.cli;

import dev.allclear.agent.json.ClaimType;
import picocli.CommandLine;
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
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear claim remediation-started --service checkout",
      "  allclear claim step-finished --service checkout --step drain --outcome ok",
      "  allclear claim dns-changed shop.example"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class ClaimCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /// With a command for every type.
  static void complete(CommandLine claim) {
    for (ClaimType type : ClaimType.values()) {
      if (type != ClaimType.DNS_CHANGED) {
        claim.addSubcommand(type.label(), new CommandLine(ClaimTypeCommand.spec(type)));
      }
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which claim? One of:");
  }
}
