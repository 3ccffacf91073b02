package dev.allclear.agent.cli;

import dev.allclear.agent.Agent;
import dev.allclear.agent.SystemClock;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.json.IncidentJson;
import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Verdict;
import dev.allclear.probes.Figures;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `allclear watch URL`.
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "A stopwatch on one URL, without config.",
      "Prints each outage as it happens, and then its moments, lengths and verdict with bounds."
          + " Exits 0 if every outage met the objective, 1 if one missed it, 5 if its bounds cannot"
          + " decide."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear watch https://shop.example/healthz --rto 2m",
      "  allclear watch http://127.0.0.1:8080/ --rto 30s --outages 1 --json"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class WatchCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "URL",
      converter = WebUrls.class,
      description = "What to ask for; 2xx is healthy.")
  private URI url = URI.create("http://127.0.0.1/");

  @Option(
      names = "--rto",
      paramLabel = "TIME",
      converter = Lengths.Positive.class,
      defaultValue = "2m",
      description = "The objective, counted from the onset. Default: ${DEFAULT-VALUE}")
  private Duration rto = Duration.ZERO;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = Lengths.Positive.class,
      defaultValue = "1s",
      description = "Between requests while healthy. Default: ${DEFAULT-VALUE}")
  private Duration interval = Duration.ZERO;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Lengths.Positive.class,
      defaultValue = "2s",
      description = "Of one request. Default: ${DEFAULT-VALUE}")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--passes",
      paramLabel = "N",
      converter = Counts.class,
      defaultValue = "3",
      description = "Passes in a row that verify. Default: ${DEFAULT-VALUE}")
  private int passes;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Lengths.class,
      defaultValue = "2s",
      description = "What these passes must span at least. Default: ${DEFAULT-VALUE}")
  private Duration span = Duration.ZERO;

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      converter = Lengths.Positive.class,
      defaultValue = "5s",
      description =
          "A fail within this time is a relapse of the same outage. Default: ${DEFAULT-VALUE}")
  private Duration hold = Duration.ZERO;

  @Option(
      names = "--outages",
      paramLabel = "N",
      converter = Counts.class,
      description = "End after so many outages. Default: go on until interrupted.")
  private int outages = Integer.MAX_VALUE;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    Console console = output.console();
    Verdicts verdicts = new Verdicts();
    EventLines lines = EventLines.text(console, output.json() ? console::note : console::say);
    try (Ledger ledger = Ledger.inMemory()) {
      SystemClock clock = SystemClock.of(ledger);
      Settings settings = Stopwatch.settings(url, interval, timeout, policy());
      try (Agent agent =
          Agent.start(
              settings, clock, ledger, RandomGenerator.getDefault(), List.of(lines, verdicts))) {
        verdicts.endWith(agent.failed());
        console.note("watching " + url + " every " + Figures.length(interval) + "; Ctrl-C ends");
        return report(agent, clock, console, verdicts);
      }
    }
  }

  private Policy policy() {
    return new Policy(new Rto(rto, Rto.From.ONSET), 3, 4, passes, span, hold);
  }

  private int report(Agent agent, SystemClock clock, Console console, Verdicts verdicts)
      throws InterruptedException, ExecutionException {
    List<Verdict> seen = new ArrayList<>();
    IncidentText text = new IncidentText(console);
    while (seen.size() < outages) {
      Incident incident = verdicts.next();
      seen.add(incident.verdict(clock.now()));
      if (output.json()) {
        console.say(IncidentJson.write(incident, agent.vantage(), clock.now()));
      } else {
        console.say("");
        text.summary(incident, clock.now()).forEach(console::say);
      }
    }
    return ExitCode.of(seen);
  }
}
