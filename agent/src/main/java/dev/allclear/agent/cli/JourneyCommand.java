package dev.allclear.agent.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `allclear journey`.
@Command(
    name = "journey",
    mixinStandardHelpOptions = true,
    description = "Turns what somebody did in a browser or with curl into a journey.",
    subcommands = {ImportCommand.class, FromCurlCommand.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear journey import shop.har --output shop.yaml",
      "  allclear journey from-curl 'curl -u ada https://shop.example/orders'"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class JourneyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "import what? One of:");
  }
}
