package dev.allclear.agent.cli;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.report.Difference;
import dev.allclear.agent.report.Story;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `allclear compare A B`.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares two outages phase by phase, with bounds: what the second took longer or shorter"
          + " than the first.",
      "Where the bounds overlap no difference can be told, and none is."
    },
    footerHeading = "%nExample:%n",
    footer = "  allclear compare shop-20260101-000003 shop-20260201-000012")
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A", description = "As `allclear incidents` lists it.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "Another.")
  private String second = "";

  @Mixin private LedgerFolder folder = new LedgerFolder();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws BadConfig, LedgerException, Refusal {
    Console console = output.console();
    try (LedgerFolder.Opened opened = folder.open()) {
      Moment now = new SystemClock(opened.ledger().session()).now();
      History history = History.of(opened.ledger().changes());
      List<Difference> differences =
          Difference.of(story(history, first, opened, now), story(history, second, opened, now));
      if (output.json()) {
        console.say(json(differences));
      } else {
        console.say(row("", first, second, ""));
        differences.forEach(each ->
            console.say(
                row(each.phase(), length(each.first()), length(each.second()), each.text())));
      }
    }
    return ExitCode.GOOD;
  }

  private static Story story(History history, String id, LedgerFolder.Opened opened, Moment now)
      throws Refusal {
    return opened.story(history, Incidents.find(history, id), Failed.NOTHING, now);
  }

  private String json(List<Difference> differences) {
    return new JsonObject()
        .put("first", first)
        .put("second", second)
        .put(
            "phases",
            differences.stream()
                .map(each ->
                    new JsonObject()
                        .put("phase", each.phase())
                        .put("first", IncidentJson.span(each.first()))
                        .put("second", IncidentJson.span(each.second()))
                        .put("text", each.text()))
                .toList())
        .toString();
  }

  private static String length(@Nullable Span span) {
    return span == null ? "-" : Figures.span(span);
  }

  private static String row(String phase, String a, String b, String text) {
    return String.format(Locale.ROOT, "%-14s %-30s %-30s %s", phase, a, b, text).stripTrailing();
  }
}
