package dev.allclear.agent.cli;

import dev.allclear.agent.importer.BadImport;
import dev.allclear.agent.importer.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `allclear journey import FILE`.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Turns a browser's recording (HAR 1.2) into a config with one commented journey.",
      "Images, scripts and other hosts' requests are left out; tokens become captures, secrets"
          + " `$${env:…}`. Record with the network tab of the browser's tools: keep the log, and"
          + " export with contents and sensitive data."
    },
    footerHeading = "%nExample:%n",
    footer = "  allclear journey import shop.har --output shop.yaml")
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class ImportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The recording.")
  private Path file = Path.of("");

  @Mixin private NewConfig config = new NewConfig();

  @Override
  public Integer call() throws IOException, Refusal {
    try {
      Recording recording = Recording.read(file);
      String stem = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
      config.write(recording.journey(config.name(stem), config.target(stem)));
      return ExitCode.GOOD;
    } catch (BadImport e) {
      throw new Refusal(ExitCode.USAGE, e);
    }
  }
}
