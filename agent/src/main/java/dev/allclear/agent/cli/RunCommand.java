package dev.allclear.agent.cli;

import dev.allclear.agent.Agent;
import dev.allclear.agent.SystemClock;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.HostPort;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `allclear run`.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the agent until it is interrupted.",
      "It probes what the config says, keeps the record in the ledger, prints what happens (with"
          + " --json one event a line), and serves metrics and a page. After a crash it takes up"
          + " the outages that were open."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear run --config config/allclear.yaml",
      "  allclear run -c /etc/allclear/allclear.yaml --listen 0.0.0.0:9844"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class RunCommand implements Callable<Integer> {
  @Mixin private ConfigFile config = new ConfigFile();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = Addresses.class,
      description = "Where to serve, instead of what the config says.")
  private @Nullable HostPort listen;

  @Mixin private Output output = new Output();

  @Override
  public Integer call()
      throws BadConfig, IOException, LedgerException, InterruptedException, ExecutionException {
    Console console = output.console();
    Settings settings = config.load();
    if (listen != null) {
      settings = settings.listeningOn(listen);
    }
    EventLines lines =
        output.json() ? EventLines.json(console) : EventLines.text(console, console::say);
    try (Ledger ledger = Ledger.open(settings.agent().ledger());
        Agent agent =
            Agent.start(
                settings,
                SystemClock.of(ledger),
                ledger,
                RandomGenerator.getDefault(),
                List.of(lines))) {
      console.note(
          "allclear "
              + agent.vantage().id()
              + " watches "
              + services(settings.services().size())
              + "; metrics and page on http://"
              + agent.address());
      return untilInterrupted(agent);
    }
  }

  private static String services(int count) {
    return count + (count == 1 ? " service" : " services");
  }

  private static int untilInterrupted(Agent agent) throws InterruptedException, ExecutionException {
    Shutdown.closesFirst(agent);
    agent.failed().get();
    return ExitCode.GOOD;
  }
}
