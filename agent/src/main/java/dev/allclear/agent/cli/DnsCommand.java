package dev.allclear.agent.cli;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.json.JsonObject;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Agreement;
import dev.allclear.probes.dns.DnsAddresses;
import dev.allclear.probes.dns.DnsProbe;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.wire.Wire;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `allclear dns NAME [TYPE]`.
@Command(
    name = "dns",
    mixinStandardHelpOptions = true,
    description = {
      "Asks nameservers for a name: what each answers, and whether they agree.",
      "Also shown is for how long each answer may be cached. Without --resolver and --authority the"
          + " system's resolvers are asked. Exits 0 if all answer the same (and what is expected),"
          + " 1 if not, 5 if that cannot be told."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear dns shop.example",
      "  allclear dns shop.example AAAA --resolver 9.9.9.9 --resolver 127.0.0.1:5353",
      "  allclear dns shop.example --authority 192.0.2.53 --expect 192.0.2.10"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class DnsCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The name to ask for.")
  private String name = "";

  @Parameters(
      index = "1",
      paramLabel = "TYPE",
      arity = "0..1",
      defaultValue = "A",
      description = "The record type. Default: ${DEFAULT-VALUE}")
  private String type = "A";

  @Option(
      names = {"-r", "--resolver"},
      paramLabel = "ADDRESS",
      description =
          "A resolver to ask: IP, IP:PORT, tcp://IP, tls://HOST or https://HOST/dns-query."
              + " May be repeated.")
  private List<String> resolvers = new ArrayList<>();

  @Option(
      names = {"-a", "--authority"},
      paramLabel = "ADDRESS",
      description = "An authoritative nameserver, whose answer is the right one. May be repeated.")
  private List<String> authorities = new ArrayList<>();

  @Option(
      names = "--expect",
      paramLabel = "RECORD",
      description = "A record that the answer has to hold, and no other. May be repeated.")
  private List<String> expected = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Lengths.Positive.class,
      defaultValue = "2s",
      description = "For each server. Default: ${DEFAULT-VALUE}")
  private Duration timeout = Duration.ZERO;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws Refusal {
    Console console = output.console();
    Observation observation = ask();
    if (output.json()) {
      console.say(json(observation));
    } else {
      new DnsTable(console).lines(observation).forEach(console::say);
    }
    return switch (observation.outcome()) {
      case Outcome.Passed _, Outcome.Slow _ -> ExitCode.GOOD;
      case Outcome.Failed _ -> ExitCode.BAD_VERDICT;
      case Outcome.Inconclusive _ -> ExitCode.INCONCLUSIVE;
    };
  }

  private Observation ask() throws Refusal {
    try (Wire wire = Wire.open(new SystemClock(0))) {
      Question question = new Question(name, type);
      return new DnsProbe(question.toString(), question, servers(wire), expected, timeout, wire)
          .run();
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw new Refusal(ExitCode.USAGE, e);
    }
  }

  private List<Server> servers(Wire wire) throws UnknownHostException {
    List<Server> servers = new ArrayList<>();
    authorities.forEach(address -> servers.add(Server.parse(address, address).asAuthority()));
    resolvers.forEach(address -> servers.add(Server.parse(address, address)));
    return servers.isEmpty() ? DnsAddresses.systemResolvers(wire) : servers;
  }

  private static String json(Observation observation) {
    List<StepRun> steps = observation.steps();
    return Json.write(
        new JsonObject()
            .put("name", observation.probe())
            .put("agree", Agreement.of(steps).complete())
            .put("pass", observation.outcome().isPass())
            .put("answers", ObservationJson.steps(steps)));
  }
}
