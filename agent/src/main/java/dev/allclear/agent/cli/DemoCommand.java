package dev.allclear.agent.cli;

import dev.allclear.agent.Agent;
import dev.allclear.agent.SystemClock;
import dev.allclear.agent.cli.Console.Tone;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.demo.Act;
import dev.allclear.agent.demo.Director;
import dev.allclear.agent.demo.Ports;
import dev.allclear.agent.demo.Script;
import dev.allclear.agent.demo.World;
import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `allclear demo`.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Breaks a made-up shop on loopback and measures its recovery.",
      "The shop has two regions and its own nameservers; an agent watches it. The demo breaks one"
          + " region, fails over by DNS to the other, which is cold, and prints what the agent"
          + " measured beside what really happened. It goes on with random outages unless --exit"
          + " is given."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear demo --exit     one outage; exits 0 if every truth is in its bounds",
      "  allclear demo --seed 7   another story",
      "  allclear demo --real-dns with a Knot and three Unbounds as its nameservers",
      "  allclear demo --world    the world alone, to be watched by `allclear run`"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--world", description = "Start the world alone, without an agent.")
  private boolean worldAlone;

  @Option(names = "--exit", description = "End after the first recovery.")
  private boolean exit;

  @Option(
      names = "--real-dns",
      description =
          "Let a Knot and three Unbounds answer for the shop, if they are installed (on Debian:"
              + " apt-get install knot unbound), instead of the demo's own nameservers.")
  private boolean realDns;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which story to tell. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "How much faster to tell it, 0.1 to 100; caches keep whole seconds. Default: ${DEFAULT-VALUE}")
  private double speed;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Lengths.Positive.class,
      defaultValue = "1s",
      description =
          "Of the agent's requests to the shop, and between them while it is well; a slow machine"
              + " needs more. Default: ${DEFAULT-VALUE}")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--port",
      paramLabel = "BASE",
      defaultValue = "9850",
      description = "First of the world's ports. Default: ${DEFAULT-VALUE}")
  private int base;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = Addresses.class,
      defaultValue = "127.0.0.1:9844",
      description = "Where the agent serves. Default: ${DEFAULT-VALUE}")
  private HostPort listen = new HostPort("127.0.0.1", 9844);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call()
      throws IOException, BadConfig, Refusal, InterruptedException, ExecutionException {
    Console console = Console.of(spec, true);
    SystemClock clock = new SystemClock(1);
    Ports ports = ports();
    Iterator<Script.Cue> script = script();
    try (World world = world(ports, clock)) {
      return worldAlone ? alone(world, console) : watched(world, script, clock, console);
    }
  }

  private World world(Ports ports, SystemClock clock) throws IOException {
    if (!realDns) {
      return World.start(ports, clock, seed);
    }
    String path = System.getenv().getOrDefault("PATH", "") + World.SYSTEM_PATH;
    World world = World.startWithRealDns(ports, clock, seed, path);
    Shutdown.closesFirst(world);
    return world;
  }

  private Ports ports() throws Refusal {
    try {
      return Ports.from(base);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, e);
    }
  }

  private int alone(World world, Console console) throws InterruptedException {
    String control = "http://127.0.0.1:" + world.ports().control();
    console.say("the world is up. In another terminal:");
    console.say("  bin/allclear run --config config/allclear.yaml");
    console.say("break and mend it:");
    console.say("  curl -X POST '" + control + "/break?region=west&how=error'");
    console.say("  curl -X POST '" + control + "/fail-over?to=east'");
    console.say("  curl -X POST '" + control + "/mend?region=west'");
    console.say("  curl " + control + "/            all that can be done, and how it stands");
    new CountDownLatch(1).await();
    return ExitCode.GOOD;
  }

  private int watched(World world, Iterator<Script.Cue> script, SystemClock clock, Console console)
      throws IOException, BadConfig, InterruptedException, ExecutionException {
    Verdicts verdicts = new Verdicts();
    Tail tail = new Tail();
    FirstHealthy healthy = new FirstHealthy();
    EventLines lines = EventLines.text(console, console::say);
    try (Ledger ledger = Ledger.inMemory();
        Agent agent =
            Agent.start(
                settings(world),
                clock,
                ledger,
                new SplittableRandom(seed),
                List.of(lines, verdicts, tail, healthy))) {
      introduce(agent, console);
      CompletableFuture.anyOf(healthy.reached(), agent.failed()).get();
      // A slow machine may have an outage while all is being started, which is not the world's.
      verdicts.forget();
      verdicts.endWith(agent.failed());
      try (Director _ = Director.start(world, script, Thread::sleep, act -> tell(act, console))) {
        return judge(world, clock, console, verdicts, tail);
      }
    }
  }

  private Iterator<Script.Cue> script() throws Refusal {
    try {
      return exit ? Script.story(seed, speed).iterator() : Script.endless(seed, speed).iterator();
    } catch (IllegalArgumentException e) {
      throw new Refusal(ExitCode.USAGE, e);
    }
  }

  private Settings settings(World world) throws IOException, BadConfig {
    Path folder = Files.createTempDirectory("allclear-demo");
    Path file = Files.writeString(folder.resolve("allclear.yaml"), world.config(folder, timeout));
    try {
      return Settings.load(file, System.getenv()::get).listeningOn(listen);
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }

  private void introduce(Agent agent, Console console) {
    console.say(
        "a shop in two regions, west and east, %s, and an agent watching it"
            .formatted(realDns ? "a Knot and three Unbounds" : "its nameservers"));
    console.say("  page     http://" + agent.address() + "/");
    console.say("  metrics  http://" + agent.address() + "/metrics");
    console.say(
        "times are UTC; [likely (earliest to latest)] bounds what the agent could only bracket");
    console.say("");
  }

  private static void tell(Act act, Console console) {
    console.say(
        console.in(
            Tone.FAINT, String.format(Locale.ROOT, "              the world:   %s", act.text())));
  }

  private int judge(World world, SystemClock clock, Console console, Verdicts verdicts, Tail tail)
      throws InterruptedException, ExecutionException {
    int wrong = 0;
    do {
      Incident incident = verdicts.next();
      Comparison comparison =
          Comparison.of(incident, tail.flips(), world.truth().outages().getLast());
      console.say("");
      new IncidentText(console).summary(incident, clock.now()).forEach(console::say);
      console.say("");
      comparison.lines(console).forEach(console::say);
      console.say("");
      wrong += comparison.allInside() ? 0 : 1;
    } while (!exit);
    return wrong == 0 ? ExitCode.GOOD : ExitCode.BAD_VERDICT;
  }
}
