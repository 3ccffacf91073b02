package dev.allclear.agent.cli;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.json.Json;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Addresses;
import dev.allclear.probes.Moment;
import dev.allclear.probes.dns.DnsAddresses;
import dev.allclear.probes.dns.Lookup;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.RootServers;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.dns.Subnet;
import dev.allclear.probes.dns.Survey;
import dev.allclear.probes.dns.Surveyor;
import dev.allclear.probes.wire.Wire;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `allclear dns NAME [TYPE…]`.
@Command(
    name = "dns",
    mixinStandardHelpOptions = true,
    description = {
      "Asks nameservers for a name: what each answers, and whether they agree.",
      "Also shown is for how long each answer may be cached. Without --authority the authorities are"
          + " found along the delegation, without both the system's resolvers are asked too. Exits 0"
          + " if all answer the same (and what is expected, within --rto), 1 if not, 5 if that cannot"
          + " be told. --watch exits 0 once every cache has the new value, 1 if not all have it"
          + " within --timeout, 5 if that cannot be told."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  allclear dns shop.example",
      "  allclear dns shop.example A AAAA HTTPS --rto 2m",
      "  allclear dns shop.example --resolver 9.9.9.9 --resolver tls://dns.example",
      "  allclear dns shop.example --authority 192.0.2.53 --expect 192.0.2.10",
      "  allclear dns shop.example --expect 192.0.2.20 --watch --timeout 15m"
    })
@SuppressWarnings("FieldCanBeFinal") // picocli sets them
final class DnsCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65_535;
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration WATCH = Duration.ofMinutes(10);
  private static final Duration WATCH_EVERY = Duration.ofSeconds(1);

  /// Resolvers take long to say that they failed (trap 21).
  private static final Duration WATCH_ANSWER = Duration.ofSeconds(5);

  @Parameters(index = "0", paramLabel = "NAME", description = "The name to ask for.")
  private String name = "";

  @Parameters(
      index = "1..*",
      paramLabel = "TYPE",
      arity = "0..*",
      description = "The record types. Default: A")
  private List<String> types = new ArrayList<>();

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
      description =
          "A record that the answer has to hold, and no other; may be repeated. Or what answers that"
              + " differ have in common: a network (192.0.2.0/24), via:NAME or label:WORD in a CNAME.")
  private List<String> expected = new ArrayList<>();

  @Option(
      names = "--authority-port",
      paramLabel = "PORT",
      defaultValue = "53",
      description = "Where authorities that are found are asked. Default: ${DEFAULT-VALUE}")
  private int port = 53;

  @Option(
      names = "--subnet",
      paramLabel = "NETWORK",
      description =
          "Ask also what clients in this network would be told, as 203.0.113.0/24 (RFC 7871); may be"
              + " repeated. Shown as views: their own resolvers may hold something else.")
  private List<String> subnets = new ArrayList<>();

  @Option(
      names = "--from-root",
      description =
          "Find the authorities from the root servers on, instead of from what a resolver knows.")
  private boolean fromRoot;

  @Option(
      names = "--root-server",
      paramLabel = "ADDRESS",
      description = "The same, from this server of the root. May be repeated.")
  private List<String> rootServers = new ArrayList<>();

  @Mixin private DnsGoalOptions objective = new DnsGoalOptions();

  @Option(
      names = "--watch",
      description =
          "Wait until the authorities give what is expected (without --expect: anything else than"
              + " now) and every cache has it; tell when that will be as soon as the change is seen.")
  private boolean watch;

  @Option(
      names = "--changed-at",
      paramLabel = "INSTANT",
      converter = Instants.class,
      description =
          "With --watch: when the change was ordered, as 2026-01-31T12:03:40Z. Then the time until the"
              + " first authority has it is told, too.")
  private @Nullable Instant changedAt;

  @Option(
      names = "--moved",
      description =
          "With --watch: the name was just moved to the nameservers given by --authority; caches may"
              + " ask the old ones until the delegation they hold ends, which counts too.")
  private boolean moved;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Lengths.Positive.class,
      description =
          "For each server, 2s if not given; with --watch for all of it, 10m if not given.")
  private @Nullable Duration timeout;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws Refusal, InterruptedException {
    Console console = output.console();
    SystemClock clock = new SystemClock(0);
    if (watch) {
      return watch(console, clock);
    }
    DnsReport report = ask(clock);
    if (output.json()) {
      console.say(Json.write(SurveyJson.of(report)));
    } else {
      say(console, report);
    }
    return report.code();
  }

  private static void say(Console console, DnsReport report) {
    new DnsTable(console).lines(report.survey()).forEach(console::say);
    DnsSecurity.lines(console, report.security()).forEach(console::say);
    DnsViews.lines(console, report.views()).forEach(console::say);
    if (report.objective() != null) {
      report
          .objective()
          .sentences()
          .forEach(sentence -> Wrapped.lines(sentence, 2).forEach(console::say));
    }
  }

  private Duration limit(Duration usual) {
    return timeout == null ? usual : timeout;
  }

  private int watch(Console console, SystemClock clock) throws Refusal, InterruptedException {
    checkPort();
    try (Wire wire = Wire.open(clock)) {
      Subject subject = subject(wire);
      if (subject.wanted() == null) {
        DnsVariety.refuse(subject, new Lookup(TIMEOUT, wire));
      }
      return new DnsWatch(console, output.json(), clock, ordered(clock.now()))
          .run(subject, new Lookup(WATCH_ANSWER, wire), limit(WATCH));
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw new Refusal(ExitCode.USAGE, e);
    }
  }

  private @Nullable Moment ordered(Moment now) {
    if (changedAt == null) {
      return null;
    }
    Duration ago = Duration.between(changedAt, now.wall());
    if (ago.isNegative()) {
      throw new IllegalArgumentException("--changed-at " + changedAt + " is yet to come");
    }
    return now.minus(ago);
  }

  /// Named authorities are asked only for what they know, and the system's resolvers as caches
  /// unless others are named.
  private Subject subject(Wire wire) throws UnknownHostException {
    if (!subnets.isEmpty()) {
      throw new IllegalArgumentException(
          "--watch follows caches, and --subnet shows views; write one of them");
    }
    if (types.size() > 1) {
      throw new IllegalArgumentException("--watch waits for one TYPE; write one");
    }
    if (moved && (authorities.isEmpty() || expected.isEmpty())) {
      throw new IllegalArgumentException(
          "--moved needs the new servers and what they say; write --authority and --expect");
    }
    Question question = questions().getFirst();
    List<Server> caches =
        resolvers.isEmpty()
            ? DnsAddresses.systemResolvers(wire)
            : located(
                resolvers.stream().map(address -> Server.parse(address, address)).toList(), wire);
    Surveyor surveyor = new Surveyor(caches, expected, TIMEOUT, wire).fromRoot(roots());
    List<Server> named =
        authorities.isEmpty()
            ? surveyor.authorities(question.name(), port)
            : authorities.stream()
                .map(address -> Server.parse(address, address).asAuthority())
                .toList();
    Subject subject =
        new Subject(
            question.toString(),
            question,
            expected.isEmpty() ? null : surveyor.wanted(question),
            named,
            caches,
            WATCH_EVERY);
    return moved ? subject.moving(surveyor.move(question.name(), port)) : subject;
  }

  private void checkPort() throws Refusal {
    if (port < 1 || port > MOST_PORT) {
      throw new Refusal(
          ExitCode.USAGE,
          new IllegalArgumentException(
              "--authority-port " + port + " is not a port; write a number from 1 to 65535"));
    }
  }

  private DnsReport ask(SystemClock clock) throws Refusal {
    checkPort();
    if (changedAt != null || moved) {
      String option = moved ? "--moved" : "--changed-at";
      throw new Refusal(ExitCode.USAGE, option + " goes with --watch; write both");
    }
    try (Wire wire = Wire.open(clock)) {
      DnsGoal goal = objective.goal();
      List<Subnet> networks = subnets.stream().map(Subnet::parse).distinct().toList();
      Surveyor surveyor =
          new Surveyor(servers(wire), expected, limit(TIMEOUT), wire).fromRoot(roots());
      Survey survey =
          authorities.isEmpty()
              ? surveyor.askAuthorities(questions(), port)
              : surveyor.ask(questions());
      return new DnsReport(
          survey,
          surveyor.views(survey, networks),
          surveyor.security(survey, goal == null ? null : goal.rto()),
          goal == null ? null : DnsObjective.of(survey, goal, clock.now()));
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw new Refusal(ExitCode.USAGE, e);
    }
  }

  private List<Question> questions() {
    List<String> asked = types.isEmpty() ? List.of("A") : types;
    return asked.stream().map(type -> new Question(name, type)).distinct().toList();
  }

  private List<Server> roots() {
    List<Server> named =
        rootServers.stream().map(address -> Server.parse(address, address).asAuthority()).toList();
    return named.isEmpty() && fromRoot ? RootServers.all() : named;
  }

  private List<Server> servers(Wire wire) throws UnknownHostException {
    List<Server> servers = new ArrayList<>();
    authorities.forEach(address -> servers.add(Server.parse(address, address).asAuthority()));
    resolvers.forEach(address -> servers.add(Server.parse(address, address)));
    return servers.isEmpty() ? DnsAddresses.systemResolvers(wire) : located(servers, wire);
  }

  private static List<Server> located(List<Server> servers, Wire wire) {
    Addresses hosts = DnsAddresses.system(wire);
    return servers.stream().map(server -> server.located(hosts)).toList();
  }
}
