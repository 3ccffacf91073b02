package dev.allclear.agent.cli;

import dev.allclear.agent.config.ServiceSettings;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.agent.yaml.BadConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that name the ledger to read: directly, or by the config of its agent. It may be
/// read while the agent runs.
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class LedgerFolder {
  @Mixin private ConfigFile config = new ConfigFile();

  @Option(
      names = "--ledger",
      paramLabel = "DIR",
      description = "The ledger to read. Default: the one that the config names.")
  private @Nullable Path folder;

  /// An open ledger, and the agent that wrote it; `services` are those of its config, none if that
  /// was not read.
  record Opened(Ledger ledger, Vantage vantage, List<ServiceSettings> services) implements AutoCloseable {
    @Override
    public void close() {
      ledger.close();
    }
  }

  Opened open() throws BadConfig, LedgerException {
    if (folder != null) {
      return new Opened(Ledger.read(folder), new Vantage("", ""), List.of());
    }
    Settings settings = config.loadWithoutSecrets();
    return new Opened(
        Ledger.read(settings.agent().ledger()),
        new Vantage(settings.agent().id(), settings.agent().region()),
        settings.services());
  }
}
