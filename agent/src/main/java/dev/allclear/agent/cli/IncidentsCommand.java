package dev.allclear.agent.cli;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.Moment;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `allclear incidents`.
@Command(
    name = "incidents",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the outages in the ledger, newest first.",
      "The agent may run meanwhile. With --json one incident a line."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear incidents",
      "  allclear incidents --service shop --ledger /var/lib/allclear --json"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class IncidentsCommand implements Callable<Integer> {
  @Option(names = "--service", paramLabel = "NAME", description = "Only those of this service.")
  private @Nullable String service;

  @Mixin private LedgerFolder folder = new LedgerFolder();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws BadConfig, LedgerException {
    Console console = output.console();
    try (LedgerFolder.Opened opened = folder.open()) {
      Moment now = new SystemClock(opened.ledger().session()).now();
      List<Incident> incidents =
          History.of(opened.ledger().changes()).incidents().reversed().stream()
              .filter(each -> service == null || each.cell().service().equals(service))
              .toList();
      IncidentText text = new IncidentText(console);
      for (Incident incident : incidents) {
        console.say(
            output.json()
                ? IncidentJson.write(incident, opened.vantage(), now)
                : text.line(incident, now));
      }
      if (incidents.isEmpty()) {
        console.note("no incidents");
      }
    }
    return ExitCode.GOOD;
  }
}
