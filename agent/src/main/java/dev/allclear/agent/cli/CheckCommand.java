package dev.allclear.agent.cli;

import dev.allclear.agent.config.Settings;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.schema.ConfigSchema;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `allclear check FILE…`.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads configs as `run` would, and prints every problem in them.",
      "A problem reads file:line:column: what is wrong; what to write instead. Exits 0 if there is"
          + " none, 2 otherwise."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear check config/allclear.yaml",
      "  allclear check --schema > config/allclear.schema.json"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "The configs to read.")
  private List<Path> files = List.of();

  @Option(
      names = "--schema",
      description = "Print the JSON Schema of configs, by which editors complete and check them.")
  private boolean schema;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    Console console = output.console();
    if (schema) {
      console.out().print(ConfigSchema.text());
      console.out().flush();
    } else if (files.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
    }
    List<Problem> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        Settings settings = Settings.load(file, System.getenv()::get);
        if (!output.json()) {
          console.say(file + ": good, " + contents(settings));
          settings.advice().forEach(advice -> console.say(file + ": " + advice));
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
