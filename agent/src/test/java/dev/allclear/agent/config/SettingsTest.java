package dev.allclear.agent.config;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.config.ServiceSettings.Verify;
import dev.allclear.agent.config.journey.JourneySettings;
import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Maintenance;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.recovery.DownWhen;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.agent.yaml.BadConfig;
import dev.allclear.agent.yaml.HostPort;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.journey.Action;
import dev.allclear.probes.journey.Body;
import dev.allclear.probes.journey.Journey;
import dev.allclear.probes.journey.Step;
import dev.allclear.probes.propagation.Wanted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SettingsTest {
  private static final Path FULL = Path.of("src/test/resources/good/full.yaml");
  private static final Map<String, String> ENVIRONMENT = Map.of("PROBE_USER", "ada lovelace");

  @TempDir private Path folder;

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../config"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void readsEveryFileThatOperatorsGet(Path file) throws BadConfig {
    assertEquals("shop", Settings.load(file, _ -> null).services().getFirst().name());
  }

  @Test
  void needsAsLittleAsAnRtoAndAUrl() throws BadConfig, IOException {
    Settings settings =
        load("services: {shop: {rto: 2m, detect: \"https://shop.example/healthz\"}}");

    assertEquals(
        new AgentSettings(
            "agent", "default", new HostPort("127.0.0.1", 9844), folder.resolve(".allclear")),
        settings.agent());
    ServiceSettings service = settings.services().getFirst();
    assertEquals(
        new Policy(
                new Rto(Duration.ofMinutes(2), Rto.From.ONSET),
                3,
                4,
                3,
                Duration.ofSeconds(10),
                Duration.ofMinutes(5))
            .flapping(new Policy.Flap(5, Duration.ofMinutes(10))),
        service.policy());
    assertEquals(Map.of(), service.regions());
    assertEquals(new Verify(List.of(), Map.of()), service.verify());
    assertNull(service.resolver());
    assertNull(service.runbook());
    assertNotNull(service.detect());
    assertEquals(Duration.ofSeconds(10), service.detect().every());
    Journey probe = service.detect().probe();
    assertEquals("detect", probe.name());
    assertEquals(Duration.ofSeconds(2), probe.deadline());
    assertEquals(
        "https://shop.example/healthz", http(probe.steps().getFirst()).head().url().toString());
    assertEquals("GET", http(probe.steps().getFirst()).method());
    assertEquals(List.of(), probe.steps().getFirst().expectations());
  }

  @Test
  void journeysAndLookupsHaveDefaults() throws BadConfig, IOException {
    Settings settings =
        load(
            """
            services: {shop: {rto: 2m, verify: {journeys: browse}}}
            journeys:
              browse: {steps: {get: https://shop.example/}}
              quick: {deadline: 3s, steps: [{get: https://shop.example/}]}
            dns: {shop.example: {resolvers: 9.9.9.9}, fast.example: {resolvers: 9.9.9.9, every: 1s}}
            """);

    JourneySettings browse = settings.journeys().get("browse");
    assertNotNull(browse);
    assertEquals(Duration.ofMinutes(1), browse.every());
    assertEquals(Duration.ofSeconds(20), browse.journey().deadline());
    assertEquals("step 1", browse.journey().steps().getFirst().name());
    assertEquals(Duration.ofSeconds(10), browse.journey().steps().getFirst().conduct().timeout());
    JourneySettings quick = settings.journeys().get("quick");
    assertNotNull(quick);
    assertEquals(Duration.ofSeconds(3), quick.journey().steps().getFirst().conduct().timeout());
    assertEquals(
        new DnsSettings(
            List.of(new Question("shop.example", "A")),
            new DnsSettings.Asked(
                List.of(), 0, List.of(Server.parse("9.9.9.9", "9.9.9.9")), Map.of("9.9.9.9", 0)),
            List.of(),
            List.of(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2)),
        settings.dns().get("shop.example"));
    DnsSettings fast = settings.dns().get("fast.example");
    assertNotNull(fast);
    assertEquals(Duration.ofSeconds(1), fast.timeout());
  }

  @Test
  void mapsAgentResolversAndLookups() throws BadConfig {
    Settings settings = full();
    Server usersEu = Server.parse("users-eu", "9.9.9.9");

    assertEquals(
        new AgentSettings(
            "eu-west-1a", "eu-west", new HostPort("::1", 9845), Path.of("/var/lib/allclear")),
        settings.agent());
    assertEquals(
        Map.of(
            "users-eu",
            new ResolverSettings(usersEu, 0),
            "office",
            new ResolverSettings(Server.parse("office", "tcp://192.0.2.53:5353"), 0)),
        settings.resolvers());
    assertEquals(
        new DnsSettings(
            List.of(new Question("shop.example", "AAAA")),
            new DnsSettings.Asked(
                List.of(Server.parse("127.0.0.1:5300", "127.0.0.1:5300").asAuthority()),
                0,
                List.of(usersEu, Server.parse("192.0.2.99", "192.0.2.99")),
                Map.of("users-eu", 0, "192.0.2.99", 0)),
            List.of("2001:db8::10"),
            List.of(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3)),
        settings.dns().get("shop.example"));
  }

  @Test
  void mapsWhatIsToBeFollowedThroughAChange() throws BadConfig {
    Settings settings = Settings.load(Path.of("src/test/resources/good/dns.yaml"), _ -> null);
    DnsSettings shop = settings.dns().get("shop.example");
    assertNotNull(shop);
    assertEquals(
        List.of("shop.example A", "shop.example AAAA", "shop.example HTTPS"),
        shop.questions().stream().map(Question::toString).toList());
    assertEquals(5353, shop.asked().walkAt());
    assertEquals(Map.of("users", 30, "phones", 60, "office", 0), shop.asked().weights());
    assertEquals(
        Map.of("shop.example", Set.of("users", "office"), "api.example", Set.of()),
        settings.services().getFirst().verify().dns());
    assertEquals(
        Map.of("api.example", Set.of(), "lb.example", Set.of()),
        settings.services().getLast().verify().dns());
    assertEquals(new Wanted.Labelled("us"), wanted(settings, "shop.example"));
    assertEquals(
        new Wanted.Within(InetAddress.ofLiteral("198.51.100.0"), 24),
        wanted(settings, "api.example"));
    assertEquals(new Wanted.Via("lb.us.example"), wanted(settings, "lb.example"));
    assertEquals(
        new Wanted.Exactly(Set.of("198.51.100.1", "198.51.100.2")),
        wanted(settings, "www.example"));
    assertEquals(new Wanted.Exactly(Set.of("198.51.100.1")), wanted(settings, "short.example"));
  }

  private static @Nullable Wanted wanted(Settings settings, String name) {
    DnsSettings dns = Objects.requireNonNull(settings.dns().get(name));
    return dns.wanted(dns.questions().getFirst());
  }

  @Test
  void mapsServicesInOrder() throws BadConfig {
    Settings settings = full();

    assertEquals(
        List.of("checkout", "search", "intern", "partner"),
        settings.services().stream().map(ServiceSettings::name).toList());
    ServiceSettings checkout = settings.services().getFirst();
    assertEquals(
        new Policy(
                new Rto(Duration.ofMinutes(2), Rto.From.DETECTED),
                2,
                3,
                5,
                Duration.ofSeconds(15),
                Duration.ofMinutes(10))
            .flapping(new Policy.Flap(5, Duration.ofMinutes(10))),
        checkout.policy());
    assertEquals(
        Map.of(
            "eu", new Region(InetAddress.ofLiteral("192.0.2.10")),
            "us", new Region(InetAddress.ofLiteral("198.51.100.10"))),
        checkout.regions());
    assertEquals(
        new Verify(List.of("checkout"), Map.of("shop.example", Set.of())), checkout.verify());
    assertEquals("users-eu", checkout.resolver());
    assertEquals(
        new Runbook(URI.create("https://wiki.example/runbooks/checkout"), List.of()),
        checkout.runbook());
    assertNotNull(checkout.detect());
    assertEquals(Duration.ofSeconds(5), checkout.detect().every());
    assertEquals(
        "https://shop.example/healthz",
        http(checkout.detect().probe().steps().getFirst()).head().url().toString());
    assertEquals(
        "[200-299]", checkout.detect().probe().steps().getFirst().expectations().toString());
    assertEquals(
        Duration.ofSeconds(1), checkout.detect().probe().steps().getFirst().conduct().timeout());
  }

  @Test
  void mapsAStepWithAllItsKeys() throws BadConfig {
    Step login = steps().getFirst();

    assertEquals("log in", login.name());
    assertEquals("POST", http(login).method());
    assertEquals("https://shop.example/login", http(login).head().url().toString());
    assertEquals("{X-Probe=allclear}", http(login).head().headers().toString());
    assertEquals(Duration.ofSeconds(5), login.conduct().timeout());
    Body.Form form = assertInstanceOf(Body.Form.class, http(login).body());
    assertEquals(
        Map.of("user", "ada lovelace", "remember", "1"),
        form.fields().entrySet().stream()
            .collect(toMap(Map.Entry::getKey, field -> field.getValue().sample(""))));
    assertEquals(
        List.of(
            "200, 204, 300-302",
            "Value[source=Header[name=Content-Type], predicates=[Contains[text=json,"
                + " ignoringCase=true]]]",
            "Value[source=Json[path=$.user.tier], predicates=[Equal[document=gold]]]",
            "Value[source=Json[path=$.user.age], predicates=[Equal[document=37]]]",
            "Value[source=Json[path=$.user.admin], predicates=[Equal[document=false]]]",
            "Value[source=Json[path=$.user.ban], predicates=[Equal[document=null]]]",
            "Value[source=Json[path=$.id], predicates=[Exists[wanted=true]]]",
            "Value[source=Body[], predicates=[Contains[text=welcome, ignoringCase=false]]]",
            "Value[source=Body[], predicates=[Matches[pattern=a+]]]",
            "Value[source=Body[], predicates=[Matches[pattern=^b]]]"),
        login.expectations().stream().map(Expectation::toString).toList());
    assertEquals(
        "[Capture[variable=token, source=Json[path=$.token], secret=true],"
            + " Capture[variable=csrf, source=Header[name=X-Csrf], secret=false],"
            + " Capture[variable=id, source=Regex[pattern=id=(\\d+)], secret=false],"
            + " Capture[variable=next, source=Header[name=Location], secret=false]]",
        login.captures().toString());
  }

  @Test
  void mapsWhatLaterStepsSend() throws BadConfig {
    List<Step> steps = steps();

    Step order = steps.get(1);
    assertEquals("step 2", order.name());
    assertEquals("Bearer[token=${token}]", http(order).head().auth().toString());
    assertEquals(
        "Json[document={sku=demo-1, quantity=1, tags=[${csrf}, 1.5, true, null, {deep=16}]}]",
        http(order).body().toString());
    assertEquals(Duration.ofSeconds(8), order.conduct().timeout());
    Step note = steps.get(2);
    assertEquals("${next}", http(note).head().url().toString());
    assertEquals(
        "Text[type=text/plain; charset=utf-8, content=id ${id}]", http(note).body().toString());
    assertEquals("DELETE", http(steps.get(3)).method());
  }

  @Test
  void showsNoSecretOfTheEnvironment() throws BadConfig {
    assertEquals(-1, full().toString().indexOf("ada lovelace"));
  }

  @Test
  void readsWhoMayClaimAndWhatAlertsAreAbout() throws BadConfig {
    Settings settings =
        Settings.load(Path.of("src/test/resources/good/webhooks.yaml"), name -> "value-of-" + name);

    assertEquals(new SharedSecret("value-of-ALLCLEAR_TOKEN"), settings.agent().claimsToken());
    assertEquals(
        new WebhookSettings(
            new WebhookSettings.Alertmanager(
                "app", "datacenter", Map.of("shop-frontend", "checkout"), Map.of("euw1", "eu")),
            new WebhookSettings.PagerDuty(
                List.of(
                    new SharedSecret("value-of-PAGERDUTY_SECRET"),
                    new SharedSecret("value-of-PAGERDUTY_SECRET_BEFORE")),
                Map.of("PSHOP01", "checkout"))),
        settings.webhooks());
    assertEquals(-1, settings.toString().indexOf("value-of"));
    assertEquals(WebhookSettings.NONE, full().webhooks());
    assertNull(full().agent().claimsToken());
  }

  @Test
  void aRelativeLedgerLiesBesideTheFile() throws BadConfig, IOException {
    Settings settings =
        load(
            """
            agent: {ledger: ../state}
            services: {shop: {rto: 2m, detect: "https://shop.example/healthz"}}
            """);

    assertEquals(folder.resolveSibling("state"), settings.agent().ledger());
  }

  @Test
  void mergesAndAliasesSpareRepetition() throws BadConfig, IOException {
    Settings settings =
        load(
            """
            services:
              a: &a {rto: 2m, detect: "https://a.example/"}
              b: {<<: *a, rto: 3m}
            """);

    assertEquals(Duration.ofMinutes(3), settings.services().getLast().policy().rto().target());
  }

  @Test
  void problemsCannotBeChanged() {
    BadConfig bad = assertThrows(BadConfig.class, () -> load("services: {}"));

    assertThrows(UnsupportedOperationException.class, () -> bad.problems().clear());
  }

  private static Settings full() throws BadConfig {
    return Settings.load(FULL, ENVIRONMENT::get);
  }

  private static List<Step> steps() throws BadConfig {
    JourneySettings checkout = full().journeys().get("checkout");
    assertNotNull(checkout);
    return checkout.journey().steps();
  }

  private Settings load(String text) throws BadConfig, IOException {
    Path file = folder.resolve("allclear.yaml");
    Files.writeString(file, text);
    return Settings.load(file, _ -> null);
  }

  private static Action.Http http(Step step) {
    return assertInstanceOf(Action.Http.class, step.action());
  }

  @Test
  void readsHowBadItIsAndWhatIsPlanned() throws BadConfig, IOException {
    Settings settings = Settings.load(Path.of("src/test/resources/good/recovery.yaml"), _ -> null);

    ServiceSettings shop = settings.services().getFirst();
    assertEquals(
        new Expected(
            List.of("identity"),
            List.of("fail over", "tell users"),
            List.of("eu", "us"),
            DownWhen.QUORUM,
            List.of("identity")),
        shop.expected());
    Policy policy = shop.policy();
    assertEquals(
        new Rto(Duration.ofMinutes(2), Rto.From.DECLARED, Duration.ofMinutes(5)), policy.rto());
    Level search = new Level("search", 1000);
    Level slow = new Level("slow", 999);
    Instant from = Instant.parse("2026-01-31T01:00:00Z");
    assertEquals(
        new Policy.Degradation(
            Map.of("search", search),
            slow,
            Map.of(
                search,
                new Rto(Duration.ofHours(1), Rto.From.ONSET),
                slow,
                new Rto(Duration.ofMinutes(30), Rto.From.DETECTED))),
        policy.degradation());
    assertNull(policy.flap());
    assertEquals(
        new Maintenance(
            List.of(
                new Maintenance.Weekly(
                    DayOfWeek.SUNDAY,
                    LocalTime.of(2, 0),
                    ZoneId.of("Europe/Berlin"),
                    Duration.ofHours(2)),
                new Maintenance.Once(from, from.plusSeconds(1800)))),
        policy.maintenance());
  }
}
