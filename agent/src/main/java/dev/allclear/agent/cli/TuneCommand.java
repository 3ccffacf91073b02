package dev.allclear.agent.cli;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.config.ServiceSettings;
import dev.allclear.agent.ledger.LedgerException;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.agent.recovery.Tuning;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.Durations;
import dev.allclear.agent.yaml.Nearest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `allclear tune SERVICE`.
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = {
      "Tries other thresholds on what the agent saw of past suspicions: which would have become"
          + " outages, which would have stayed blips, and how much later each outage would have"
          + " been detected.",
      "Only thresholds can be tried: of passes nothing is kept while a service is healthy, so that"
          + " nobody knows what a shorter time-out would have made of them. Suspicions within"
          + " maintenance windows are not kept."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear tune shop",
      "  allclear tune shop --since 30d --confirm '2 of 2, 2 of 5' --ledger /var/lib/allclear"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class TuneCommand implements Callable<Integer> {
  private static final List<Threshold> USUAL =
      List.of(
          new Threshold(1, 1),
          new Threshold(2, 2),
          new Threshold(2, 3),
          new Threshold(3, 4),
          new Threshold(4, 5),
          new Threshold(5, 6),
          new Threshold(6, 8));

  @Parameters(paramLabel = "SERVICE", description = "As in the config.")
  private String service = "";

  @Option(
      names = "--confirm",
      paramLabel = "'K of N'",
      split = ",",
      converter = Thresholds.class,
      description = "The thresholds to try, besides the current one. Default: the usual ones.")
  private @Nullable List<Threshold> confirm;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Lengths.class,
      defaultValue = "90d",
      description = "Suspicions within this time. Default: ${DEFAULT-VALUE}.")
  private Duration since = Duration.ZERO;

  @Mixin private LedgerFolder folder = new LedgerFolder();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws BadConfig, LedgerException, Refusal {
    Console console = output.console();
    try (LedgerFolder.Opened opened = folder.open()) {
      List<Suspicion> kept = opened.ledger().suspicions(service);
      Threshold current = current(opened, kept);
      Instant from = new SystemClock(opened.ledger().session()).now().wall().minus(since);
      List<Suspicion> late =
          kept.stream().filter(each -> !each.at().wall().isBefore(from)).toList();
      Tuning tuning = Tuning.of(late, current, thresholds(current));
      TuningText text = new TuningText(console, service, Durations.print(since));
      if (output.json()) {
        console.say(TuningText.json(service, since, tuning).toString());
      } else if (late.isEmpty()) {
        console.note(text.nothing());
      } else {
        text.lines(tuning).forEach(console::say);
      }
    }
    return ExitCode.GOOD;
  }

  /// That of the config, else that of the newest suspicion.
  private Threshold current(LedgerFolder.Opened opened, List<Suspicion> kept) throws Refusal {
    ServiceSettings settings = opened.services().get(service);
    if (settings != null) {
      return new Threshold(settings.policy().confirm(), settings.policy().of());
    }
    if (kept.isEmpty()) {
      checkKnown(opened);
      return new Threshold(3, 4);
    }
    return kept.getLast().threshold();
  }

  private void checkKnown(LedgerFolder.Opened opened) throws Refusal {
    Set<String> known = new TreeSet<>(opened.services().keySet());
    for (Change change : opened.ledger().changes()) {
      known.add(change.cell().service());
    }
    if (!known.contains(service)) {
      throw new Refusal(
          ExitCode.USAGE,
          "no service `%s`; %s"
              .formatted(service, Nearest.advice(service, known, "the ledger is empty")));
    }
  }

  private List<Threshold> thresholds(Threshold current) {
    Set<Threshold> all =
        new TreeSet<>(Comparator.comparingInt(Threshold::fails).thenComparingInt(Threshold::of));
    all.addAll(confirm == null ? USUAL : confirm);
    all.add(current);
    return new ArrayList<>(all);
  }
}
