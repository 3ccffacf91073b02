package dev.allclear.agent.cli;

import dev.allclear.agent.config.Settings;
import dev.allclear.agent.yaml.BadConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The option that names the config.
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class ConfigFile {
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
}
