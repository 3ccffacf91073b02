package dev.allclear.agent.cli;

import dev.allclear.agent.Checks;
import dev.allclear.agent.SystemClock;
import dev.allclear.agent.Warmup;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.Nearest;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Probe;
import dev.allclear.probes.journey.JourneyProbe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `allclear probe NAME`.
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = {
      "Runs one probe of the config, and shows where its time went, step by step.",
      "Each letter of a bar is the phase that the step was in: dns, connect, tls, send, wait,"
          + " receive. With --repeat the runs follow one another, and percentiles of what they took"
          + " are shown; Ctrl-C ends them early. --json prints one object a run; with --repeat, in"
          + " the end one more whose only member is `summary`. Secrets are never shown.",
      "What a journey leaves to chance, as uuid(), comes from the seed of the run, which is shown when"
          + " the run fails: --seed repeats it. With --repeat each run has the next seed.",
      "Exits 0 if every run passes, 1 if one fails, 5 if one is inconclusive."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear probe checkout",
      "  allclear probe shop:detect --region west --config config/allclear.yaml",
      "  allclear probe checkout --show-bodies     what was sent and what came",
      "  allclear probe checkout --var sku=demo-2",
      "  allclear probe checkout --seed 42         the same uuid() again",
      "  allclear probe checkout --repeat 100      percentiles, failures by cause",
      "  allclear probe checkout --repeat 9 --json | jq .seconds"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class ProbeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      description =
          "A journey or a dns name; SERVICE:NAME or SERVICE/REGION:NAME where several have it.")
  private String name = "";

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The target region to ask. Default: the first that has the probe.")
  private @Nullable String region;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      converter = Counts.class,
      defaultValue = "1",
      description = "How many runs, one after another. Default: ${DEFAULT-VALUE}")
  private int repeat;

  @Option(
      names = "--show-bodies",
      description = "Show what each step sent and what came back: headers, and the body's start.")
  private boolean bodies;

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description = "Another value for one of the journey's `vars`; may be given several times.")
  private Map<String, String> vars = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides chance in the journey. Default: another for each run.")
  private @Nullable Long seed;

  @Mixin private ConfigFile config = new ConfigFile();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws BadConfig, Refusal, ExecutionException {
    Settings settings = config.load();
    Clock clock = new SystemClock(0);
    List<Check> checks = List.copyOf(new Checks(settings, clock).all().keySet());
    Probe probe = wanted(find(checks, settings).probe());
    Seeds seeds = Seeds.of(probe, seed);
    Console console = output.console();
    Tally tally = new Tally();
    Outcome _ = Warmup.run(clock);
    try (Runs runs = Runs.open()) {
      boolean all =
          runs.repeat(
              repeat,
              seeds,
              (observation, chance) -> {
                tally.add(observation, chance);
                show(observation, chance, console);
                progress(tally, console);
              });
      if (!all) {
        console.note(
            "interrupted: a run that is cut short counts for nothing, and still cleans up");
      }
      if (repeat > 1 && tally.runs() > 0) {
        summary(tally, probe.name(), console);
      }
    }
    return tally.exitCode();
  }

  private Probe wanted(Probe probe) throws Refusal {
    List<String> known = probe instanceof JourneyProbe journey ? journey.vars() : List.of();
    for (String var : vars.keySet()) {
      if (!known.contains(var)) {
        throw new Refusal(
            ExitCode.USAGE,
            "no var `%s` in `%s`; %s"
                .formatted(var, probe.name(), Nearest.advice(var, known, "it has no `vars`")));
      }
    }
    if (!(probe instanceof JourneyProbe journey)) {
      return probe;
    }
    JourneyProbe set = journey.overriding(vars);
    return bodies ? set.withEvidenceOfAll() : set;
  }

  /// Of many runs only machines get each one.
  private void show(Observation observation, @Nullable Long chance, Console console) {
    if (output.json()) {
      console.say(ObservationJson.write(observation, chance));
    } else if (repeat == 1) {
      new Waterfall(console, bodies).lines(observation).forEach(console::say);
      if (chance != null && observation.outcome().isFail()) {
        console.say("what it left to chance comes again with --seed " + chance);
      }
    }
  }

  /// For people who watch.
  private void progress(Tally tally, Console console) {
    if (repeat > 1 && !output.json() && Console.onTerminal()) {
      boolean done = tally.runs() == repeat;
      console.err().print(done ? "\r\u001b[K" : "\r" + tally.runs() + " of " + repeat);
      console.err().flush();
    }
  }

  private void summary(Tally tally, String probe, Console console) {
    if (output.json()) {
      console.say(tally.json(probe));
    } else {
      tally.lines(probe, console).forEach(console::say);
    }
  }

  private Check find(List<Check> checks, Settings settings) throws Refusal {
    return checks.stream()
        .filter(check -> region == null || check.cell().region().equals(region))
        .filter(check -> names(check).contains(name))
        .findFirst()
        .orElseThrow(() -> new Refusal(ExitCode.USAGE, unknown(checks, settings)));
  }

  private String unknown(List<Check> checks, Settings settings) {
    SortedSet<String> regions = new TreeSet<>();
    SortedSet<String> names = new TreeSet<>();
    for (Check check : checks) {
      names.addAll(names(check));
      if (names(check).contains(name)) {
        regions.add(check.cell().region());
      }
    }
    if (regions.isEmpty() && settings.journeys().containsKey(name)) {
      return "no service needs the journey `%s`; name it under `verify: {journeys: […]}` of one"
          .formatted(name);
    }
    return regions.isEmpty() || region == null
        ? "no probe `%s` in %s; %s"
            .formatted(name, config.file(), Nearest.advice(name, names, "there is none"))
        : "no region `%s` of `%s`; %s"
            .formatted(region, name, Nearest.advice(region, regions, "there is none"));
  }

  private static List<String> names(Check check) {
    String probe = check.probe().name();
    return List.of(probe, check.cell().service() + ":" + probe, check.cell() + ":" + probe);
  }
}
