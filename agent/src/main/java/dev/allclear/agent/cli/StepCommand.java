package dev.allclear.agent.cli;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.json.Fields;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `allclear step NAME -- CMD ARG…`.
@Command(
    name = "step",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a command, and tells a running agent when this step of a repair began, when it ended"
          + " and what came of it.",
      "The command runs without a shell, with our input, output and signals, and its exit code is"
          + " ours: 126 if it may not be run, 127 if it is not there. It never waits for the agent:"
          + " if none answers it runs all the same, and what the agent missed is printed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear step 'drain eu' --service checkout -- kubectl drain node-7",
      "  allclear step restore --service checkout --manual -- sh -c 'pg_restore -d shop < dump'"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class StepCommand implements Callable<Integer> {
  private static final int NOT_RUNNABLE = 126;
  private static final int NOT_THERE = 127;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NAME", description = "What the step is called.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "CMD",
      description = "The command and its arguments, after `--`.")
  private List<String> command = List.of();

  @Option(
      names = "--service",
      paramLabel = "NAME",
      required = true,
      description = "Which service it repairs.")
  private String service = "";

  @Option(names = "--region", paramLabel = "NAME", description = "Which of its regions.")
  private @Nullable String region;

  /// Who takes the step.
  static final class By {
    @Option(names = "--auto", description = "It is taken by automation.")
    private boolean auto;

    @Option(
        names = "--manual",
        description = "By a person. If neither is said: who has a terminal is one.")
    private boolean manual;
  }

  @ArgGroup private @Nullable By by;

  @Option(names = "--runbook", paramLabel = "URL", description = "Where it is described.")
  private @Nullable String runbook;

  @Option(names = "--actor", paramLabel = "WHO", description = "Who or what takes it.")
  private @Nullable String actor;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Run again with the same key the step is told once. Its own if not said.")
  private @Nullable String key;

  @Mixin private Target target = new Target();

  @Override
  public Integer call() throws InterruptedException {
    Console console = Console.of(spec, true);
    SystemClock clock = new SystemClock(0);
    String stem = key == null ? UUID.randomUUID().toString() : key;
    try (Courier courier = Courier.of(target.agent(), console::note)) {
      JsonObject started = claim("step-started", clock.now().wall(), stem + "/started");
      if (runbook != null) {
        started.put("runbook", runbook);
      }
      courier.tell(started);
      Ended ended = run();
      courier.tell(
          claim("step-finished", clock.now().wall(), stem + "/finished")
              .put("outcome", ended.code() == 0 ? "ok" : "failed")
              .put("detail", ended.detail()));
      if (ended.code() == NOT_RUNNABLE || ended.code() == NOT_THERE) {
        console.note("allclear: " + ended.detail());
      }
      missed(courier.end(), console);
      return ended.code();
    }
  }

  /// How the command ended; `detail` is empty if it is well.
  private record Ended(int code, String detail) {}

  private Ended run() throws InterruptedException {
    try (Signals signals = Signals.hold()) {
      Process process = new ProcessBuilder(command).inheritIO().start();
      signals.passTo(process);
      int code = process.waitFor();
      return new Ended(code, code == 0 ? "" : "exit code " + code);
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage()).strip();
      return new Ended(why.contains("error: 2 ") ? NOT_THERE : NOT_RUNNABLE, why);
    }
  }

  private JsonObject claim(String type, Instant at, String ownKey) {
    JsonObject claim =
        new JsonObject()
            .put("type", type)
            .put("step", name)
            .put("mode", isManual() ? "manual" : "auto")
            .put("service", service)
            .put("at", at.toString())
            .put("key", ownKey);
    if (region != null) {
      claim.put("region", region);
    }
    if (target.isHere()) {
      // It is the agent's own clock.
      claim.put("error", "1ms");
    }
    return actor == null ? claim : claim.put("actor", actor);
  }

  private boolean isManual() {
    return by == null ? Console.onTerminal() : by.manual && !by.auto;
  }

  /// So that it can be made up for.
  private void missed(List<JsonObject> claims, Console console) {
    if (!claims.isEmpty()) {
      console.note("allclear: the agent was not told; once it answers, run");
    }
    for (JsonObject claim : claims) {
      List<String> words = new ArrayList<>(List.of("allclear", "claim"));
      Fields fields = Fields.of("", Json.read(claim.toString()));
      words.add(fields.text("type"));
      fields
          .members()
          .forEach((option, value) -> {
            if (!option.equals("type") && !value.equals("")) {
              words.addAll(List.of("--" + option, String.valueOf(value)));
            }
          });
      words.addAll(List.of("--url", target.url().toString()));
      console.note("  " + Words.line(words));
    }
  }
}
