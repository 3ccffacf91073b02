package dev.allclear.agent.cli;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.json.FailureJson;
import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.Moment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `allclear incident ID`.
@Command(
    name = "incident",
    mixinStandardHelpOptions = true,
    description = {
      "Shows one outage: moments and lengths with bounds, verdict, timeline, and what was sent and"
          + " came back in its failures.",
      "A time is `likely (earliest to latest)`, in UTC; what was decided at a point has no bounds."
    },
    footerHeading = "%nExample:%n",
    footer = "  allclear incident shop-20260101-000003")
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class IncidentCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "As `allclear incidents` lists it.")
  private String id = "";

  @Mixin private LedgerFolder folder = new LedgerFolder();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws BadConfig, LedgerException, Refusal {
    Console console = output.console();
    try (LedgerFolder.Opened opened = folder.open()) {
      Moment now = new SystemClock(opened.ledger().session()).now();
      Incident incident =
          History.of(opened.ledger().changes())
              .incident(id)
              .orElseThrow(() ->
                  new Refusal(
                      ExitCode.USAGE,
                      "no incident `" + id + "`; `allclear incidents` lists those there are"));
      Failed failed = opened.ledger().failed(id);
      if (output.json()) {
        JsonObject json = IncidentJson.tree(incident, opened.vantage(), now);
        console.say(json.put("failures", FailureJson.tree(failed)).toString());
      } else {
        IncidentText text = new IncidentText(console);
        text.summary(incident, now).forEach(console::say);
        console.say("");
        text.timeline(incident).forEach(console::say);
        new FailedText(console).lines(failed).forEach(console::say);
      }
    }
    return ExitCode.GOOD;
  }
}
