package dev.allclear.agent.cli;

import dev.allclear.agent.config.Settings;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `allclear check FILE…`.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads configs as `run` would, and prints every problem in them.",
      "A problem reads file:line:column: what is wrong; what to write instead. Exits 0 if there is"
          + " none, 2 otherwise."
    },
    footerHeading = "%nExample:%n",
    footer = "  allclear check config/allclear.yaml")
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "The configs to read.")
  private List<Path> files = List.of();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    Console console = output.console();
    List<Problem> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        Settings settings = Settings.load(file, System.getenv()::get);
        if (!output.json()) {
          console.say(file + ": good, " + contents(settings));
        }
      } catch (BadConfig bad) {
        problems.addAll(bad.problems());
      }
    }
    print(console, problems);
    return problems.isEmpty() ? ExitCode.GOOD : ExitCode.USAGE;
  }

  private void print(Console console, List<Problem> problems) {
    if (output.json()) {
      console.say(
          Json.write(Map.of("problems", problems.stream().map(CheckCommand::tree).toList())));
    } else {
      problems.forEach(problem -> console.say(problem.toString()));
    }
  }

  private static JsonObject tree(Problem problem) {
    return new JsonObject()
        .put("file", problem.file())
        .put("line", problem.line())
        .put("column", problem.column())
        .put("message", problem.message());
  }

  private static String contents(Settings settings) {
    return count(settings.services().size(), "service")
        + ", "
        + count(settings.journeys().size(), "journey")
        + ", "
        + count(settings.dns().size(), "dns name");
  }

  private static String count(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }
}
