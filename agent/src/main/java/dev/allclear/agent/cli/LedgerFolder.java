package dev.allclear.agent.cli;

import dev.allclear.agent.config.ServiceSettings;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.report.Story;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.Moment;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  /// An open ledger, the agent that wrote it, and its services by name, where its config was read.
  record Opened(Ledger ledger, Vantage vantage, Map<String, ServiceSettings> services)
      implements AutoCloseable {
    /// An outage, told with all that its ledger knows of it.
    Story story(History history, Incident incident, Failed failed, Moment now) {
      ServiceSettings service = services.get(incident.cell().service());
      Expected wanted = service == null ? Expected.NOTHING : service.expected();
      Measures measures = Measures.of(incident, wanted, history.incidents(), now);
      return new Story(incident, measures, failed, vantage, now);
    }

    @Override
    public void close() {
      ledger.close();
    }
  }

  Opened open() throws BadConfig, LedgerException {
    if (folder != null) {
      return new Opened(Ledger.read(folder), new Vantage("", ""), Map.of());
    }
    Settings settings = config.loadWithoutSecrets();
    return new Opened(
        Ledger.read(settings.agent().ledger()),
        new Vantage(settings.agent().id(), settings.agent().region()),
        settings.services().stream()
            .collect(Collectors.toMap(ServiceSettings::name, Function.identity())));
  }
}
