package dev.allclear.agent.cli;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.json.FailureJson;
import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.json.RecoveryJson;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.report.HtmlReport;
import dev.allclear.agent.report.MarkdownReport;
import dev.allclear.agent.report.Story;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.Moment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `allclear incident ID`.
@Command(
    name = "incident",
    mixinStandardHelpOptions = true,
    description = {
      "Shows one outage: moments and lengths with bounds, verdict, timeline, the metrics of"
          + " recovery, what was claimed against what was observed, and what was sent and came back"
          + " in its failures.",
      "A time is `likely (earliest to latest)`, in UTC; what was decided at a point has no bounds."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear incident shop-20260101-000003",
      "  allclear incident shop-20260101-000003 --format html > post-mortem.html"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class IncidentCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "As `allclear incidents` lists it.")
  private String id = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = Format.Names.class,
      description = "text, json, markdown or html. Default: text.")
  private Format format = Format.TEXT;

  @Mixin private LedgerFolder folder = new LedgerFolder();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws BadConfig, LedgerException, Refusal {
    Console console = output.console();
    try (LedgerFolder.Opened opened = folder.open()) {
      Moment now = new SystemClock(opened.ledger().session()).now();
      History history = History.of(opened.ledger().changes());
      Incident incident = Incidents.find(history, id);
      Story story = opened.story(history, incident, opened.ledger().failed(id), now);
      switch (output.json() ? Format.JSON : format) {
        case TEXT -> text(console, story);
        case JSON -> console.say(json(story));
        case MARKDOWN -> console.say(MarkdownReport.of(story).stripTrailing());
        case HTML -> console.say(HtmlReport.of(story));
      }
    }
    return ExitCode.GOOD;
  }

  private static String json(Story story) {
    return IncidentJson.tree(story.incident(), story.vantage(), story.now())
        .put("metrics", RecoveryJson.tree(story.measures(), story.now()))
        .put("failures", FailureJson.tree(story.failed()))
        .toString();
  }

  private static void text(Console console, Story story) {
    IncidentText text = new IncidentText(console);
    text.summary(story.incident(), story.now()).forEach(console::say);
    text.recovery(story).forEach(console::say);
    console.say("");
    text.bars(story).forEach(console::say);
    console.say("");
    text.timeline(story.incident()).forEach(console::say);
    new FailedText(console).lines(story.failed()).forEach(console::say);
  }
}
