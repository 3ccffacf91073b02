package dev.allclear.agent.cli;

import dev.allclear.agent.Checks;
import dev.allclear.agent.SystemClock;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `allclear probe NAME`.
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = {
      "Runs one probe of the config once, and shows where its time went, step by step.",
      "Exits 0 if it passes, 1 if it fails, 5 if it is inconclusive."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear probe checkout",
      "  allclear probe shop:detect --config config/allclear.yaml"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class ProbeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      description =
          "A journey or a dns name; SERVICE:NAME or SERVICE/REGION:NAME where several have it.")
  private String name = "";

  @Mixin private ConfigFile config = new ConfigFile();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws BadConfig, Refusal {
    Settings settings = config.load();
    List<Check> checks = List.copyOf(new Checks(settings, new SystemClock(0)).all().keySet());
    Observation observation = find(checks).probe().run();
    Console console = output.console();
    if (output.json()) {
      console.say(ObservationJson.write(observation));
    } else {
      new Waterfall(console).lines(observation).forEach(console::say);
    }
    return switch (observation.outcome()) {
      case Outcome.Passed _, Outcome.Slow _ -> ExitCode.GOOD;
      case Outcome.Failed _ -> ExitCode.BAD_VERDICT;
      case Outcome.Inconclusive _ -> ExitCode.INCONCLUSIVE;
    };
  }

  private Check find(List<Check> checks) throws Refusal {
    return checks.stream()
        .filter(check -> names(check).contains(name))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                ExitCode.USAGE,
                "no probe `"
                    + name
                    + "` in "
                    + config.file()
                    + "; there are "
                    + checks.stream()
                        .map(ProbeCommand::fullName)
                        .distinct()
                        .collect(Collectors.joining(", "))));
  }

  private static List<String> names(Check check) {
    return List.of(check.probe().name(), fullName(check));
  }

  private static String fullName(Check check) {
    return check.cell() + ":" + check.probe().name();
  }
}
