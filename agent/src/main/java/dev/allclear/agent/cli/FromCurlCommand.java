package dev.allclear.agent.cli;

import dev.allclear.agent.importer.BadImport;
import dev.allclear.agent.importer.CurlCommand;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `allclear journey from-curl`.
@Command(
    name = "from-curl",
    mixinStandardHelpOptions = true,
    description = {
      "Turns a curl command into a config with a journey of one step.",
      "The command is one argument, or all that follows `--`. Passwords and tokens in it become"
          + " `$${env:…}`; what a journey cannot do is said in a comment."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear journey from-curl 'curl -u ada:s3cret https://shop.example/orders'",
      "  allclear journey from-curl -o shop.yaml -- curl -d sku=1 https://shop.example/cart"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class FromCurlCommand implements Callable<Integer> {
  @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The curl command.")
  private List<String> words = List.of();

  @Mixin private NewConfig config = new NewConfig();

  @Override
  public Integer call() throws IOException, Refusal {
    try {
      CurlCommand curl =
          words.size() == 1 ? CurlCommand.parse(words.getFirst()) : CurlCommand.parse(words);
      config.write(curl.journey(config.name(curl.host()), config.target(curl.host())));
      return ExitCode.GOOD;
    } catch (BadImport e) {
      throw new Refusal(ExitCode.USAGE, e);
    }
  }
}
