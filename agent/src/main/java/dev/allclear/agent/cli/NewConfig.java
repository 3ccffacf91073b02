package dev.allclear.agent.cli;

import dev.allclear.agent.importer.Imported;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// The options that name a config to be written, and the journey in it.
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class NewConfig {
  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-n", "--name"},
      paramLabel = "NAME",
      description = "The journey's name. Default: that of the file, or of the host")
  private @Nullable String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write, which must not be there yet. Default: standard output")
  private @Nullable Path output;

  /// The chosen name, or one made of `otherwise`.
  String name(String otherwise) throws Refusal {
    String chosen = name == null ? plain(otherwise) : name;
    if (!chosen.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
      throw new Refusal(
          ExitCode.USAGE,
          "`" + chosen + "` is not a name; write letters, digits, `.`, `_` and `-`");
    }
    return chosen;
  }

  private static String plain(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return plain.isEmpty() ? "journey" : plain.substring(0, Math.min(plain.length(), 63));
  }

  /// The file that the config is going to be in, if only by the reader's hand.
  String target(String otherwise) throws Refusal {
    return output == null ? name(otherwise) + ".yaml" : output.toString();
  }

  void write(Imported imported) throws IOException, Refusal {
    Console console = Console.of(spec, true);
    if (output == null) {
      console.out().print(imported.yaml());
      console.out().flush();
      return;
    }
    try {
      Files.writeString(output, imported.yaml(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new Refusal(
          ExitCode.REFUSED, output + " is there already; remove it, or write another name");
    }
    console.say(output + ": a journey of " + steps(imported.steps()) + exports(imported));
  }

  private static String steps(int steps) {
    return steps + (steps == 1 ? " step" : " steps");
  }

  private static String exports(Imported imported) {
    return imported.environment().isEmpty()
        ? ""
        : "; before it can run, export " + String.join(", ", imported.environment());
  }
}
