package dev.allclear.agent.cli;

import dev.allclear.agent.config.Settings;
import dev.allclear.agent.yaml.BadConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option that names the config.
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class ConfigFile {
  private static final String UNSET = "unset";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "config/allclear.yaml",
      description = "The config to read. Default: ${DEFAULT-VALUE}")
  private Path file = Path.of("config/allclear.yaml");

  Path file() {
    return file;
  }

  Settings load() throws BadConfig {
    return Settings.load(file, System.getenv()::get);
  }

  /// For those who only read what was recorded: at night nobody has the agent's environment.
  Settings loadWithoutSecrets() throws BadConfig {
    try {
      return Settings.load(file, name -> System.getenv().getOrDefault(name, UNSET));
    } catch (BadConfig _) {
      return load(); // says what is wrong without a word of the stand-in
    }
  }
}
