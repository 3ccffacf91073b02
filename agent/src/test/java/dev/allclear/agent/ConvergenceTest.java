package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.config.DnsSettings;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Authorities;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Outage;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ConvergenceTest {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";
  private static final Question SHOP = new Question("shop.example", "A");
  private static final Question HTTPS = new Question("shop.example", "HTTPS");
  private static final Server NS = Server.parse("ns", "192.0.2.51").asAuthority();
  private static final List<Server> RESOLVERS =
      List.of(Server.parse("office", "192.0.2.53"), Server.parse("home", "192.0.2.54"));

  private final Map<Question, Standing> standings = new LinkedHashMap<>();
  private final Map<String, StepRun> answers = new LinkedHashMap<>();

  private static Moment at(double seconds) {
    long nanos = Math.round(seconds * 1e9);
    return new Moment(Instant.EPOCH.plusNanos(nanos), nanos, 1);
  }

  private void answer(String server, double sent, String... records) {
    Reply reply =
        new Reply.Dns(
            server,
            server.equals("ns"),
            "NOERROR",
            List.of(records),
            Duration.ofSeconds(30),
            Duration.ofMillis(20));
    answers.put(server, new StepRun(server, at(sent), at(sent + 0.02), Outcome.pass(), reply));
  }

  private void silence(String server, double sent) {
    Outcome failed = Outcome.fail(Cause.TIMEOUT, "no answer from " + server + " within 2s");
    answers.put(server, new StepRun(server, at(sent), at(sent + 2), failed, Reply.nothing()));
  }

  private void quiet(Question question, String... known) {
    List<Endpoint> endpoints =
        RESOLVERS.stream().map(each -> Endpoint.of(each.name(), "x", 0)).toList();
    Spread spread = new Spread(at(0), false, 30, Authorities.of(List.of("ns")), endpoints);
    put(question, List.of(known), false, spread);
  }

  private void put(Question question, List<String> known, boolean changing, Spread spread) {
    Subject subject =
        new Subject("shop.example", question, null, List.of(NS), RESOLVERS, Duration.ofSeconds(5));
    standings.put(
        question,
        new Standing(subject, answers, known, changing, spread, null, null, spread.outages()));
  }

  /// With the flips of those that have flipped.
  private void changing(Map<String, Bounds> flips) {
    Authorities authorities =
        Authorities.of(List.of("ns"))
            .with("ns", Sighting.of(at(5), at(5.02), Said.OLD, 30))
            .with("ns", Sighting.of(at(6), at(6.02), Said.NEW, 30));
    List<Endpoint> endpoints =
        RESOLVERS.stream()
            .map(each ->
                flips.containsKey(each.name())
                    ? Endpoint.flipped(
                        each.name(),
                        "x",
                        0,
                        Map.of("", Objects.requireNonNull(flips.get(each.name()))))
                    : Endpoint.of(each.name(), "x", 0)
                        .with(Sighting.of(at(7), at(7.02), Said.OLD, 20)))
            .toList();
    put(SHOP, List.of(OLD), true, new Spread(at(5), false, 30, authorities, endpoints));
  }

  private Observation run(String... chosen) {
    return run(List.of(SHOP), List.of(), chosen);
  }

  private Observation run(List<Question> questions, List<String> expect, String... chosen) {
    DnsSettings settings =
        new DnsSettings(
            questions,
            new DnsSettings.Asked(List.of(NS), 0, RESOLVERS, Map.of()),
            expect,
            List.of(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(2));
    return new Convergence("shop.example", settings, Set.of(chosen), this::standing, () -> at(60))
        .run();
  }

  private @Nullable Standing standing(Question question) {
    return standings.get(question);
  }

  private static void assertFails(Observation seen, String detail) {
    assertEquals(Outcome.fail(Cause.ASSERTION, detail), seen.outcome());
  }

  @Test
  void passesWhileAllHaveWhatTheAuthoritiesGive() {
    answer("ns", 1, OLD);
    answer("office", 2, OLD);
    answer("home", 3, OLD);
    quiet(SHOP, OLD);
    Observation seen = run();
    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(at(60), seen.begin());
  }

  @Test
  void saysThatAuthoritiesDoNotTellWhereAnAliasLeads() {
    Heard heard =
        new Heard(
            "shop.example A",
            List.of(
                new Heard.Line("shop.example", "CNAME", Duration.ofSeconds(30), "lb.cdn.example.")),
            List.of("aa"),
            List.of(),
            "",
            null,
            null,
            Heard.Carriage.UNKNOWN);
    Duration ttl = Duration.ofSeconds(30);
    Reply reply =
        new Reply.Dns("ns", true, "NOERROR", List.of(), ttl, Duration.ofMillis(20), heard);
    answers.put("ns", new StepRun("ns", at(1), at(1.02), Outcome.pass(), reply));
    answer("office", 2, OLD);
    answer("home", 3, OLD);
    quiet(SHOP);
    assertEquals(
        Outcome.inconclusive(
            "shop.example is an alias of lb.cdn.example, of which its authorities give no A record,"
                + " so they do not tell when that changes; write `lb.cdn.example` instead, under"
                + " `dns` and under `verify`"),
        run().outcome());
  }

  @Test
  void nothingIsKnownBeforeEverybodyWasAsked() {
    assertEquals(
        Outcome.inconclusive("no authority of shop.example A has answered yet"), run().outcome());
    answer("ns", 1, OLD);
    answer("office", 2, OLD);
    quiet(SHOP, OLD);
    assertEquals(Outcome.inconclusive("home was not asked yet"), run().outcome());
    assertEquals(Outcome.pass(), run("office").outcome());
  }

  @Test
  void failsAsLongAgoAsTheLatestProof() {
    answer("ns", 6, NEW);
    answer("office", 40, NEW);
    answer("home", 50, OLD);
    changing(Map.of("office", Bounds.between(at(30), at(31))));
    Observation seen = run();
    assertFails(seen, "home gave the old value at 00:00:07.000");
    assertEquals(Bounds.between(at(7), at(7.02)), seen.proof());
  }

  @Test
  void aNewAnswerThatProvesNoFlipYetProvesNoFailureEither() {
    answer("ns", 6, NEW);
    answer("office", 40, NEW);
    answer("home", 50, NEW);
    changing(Map.of("office", Bounds.between(at(30), at(31))));
    Spread spread =
        Objects.requireNonNull(standings.get(SHOP))
            .spread()
            .with(1, Sighting.of(at(6.01), at(6.015), Said.NEW, 30));
    put(SHOP, List.of(OLD), true, spread);
    Observation seen = run();
    assertEquals(Bounds.between(at(7), at(7.02)), seen.proof());
    for (int i = 0; i < 6; i++) {
      spread = spread.with(1, Sighting.of(at(50 + i), at(50.02 + i), Said.NEW, 30 - i));
    }
    put(SHOP, List.of(OLD), true, spread);
    assertEquals(Outcome.pass(), run().outcome());
  }

  @Test
  void onlyTheChosenResolversCount() {
    answer("ns", 6, NEW);
    answer("office", 40, NEW);
    answer("home", 50, OLD);
    changing(Map.of("office", Bounds.between(at(30), at(31))));
    assertEquals(Outcome.pass(), run("office").outcome());
    assertFails(run("home"), "home gave the old value at 00:00:07.000");
  }

  @Test
  void aResolverThatFailsHasNotConverged() {
    answer("ns", 1, OLD);
    answer("office", 2, OLD);
    silence("home", 3);
    quiet(SHOP, OLD);
    assertFails(run(), "no answer from home within 2s");
  }

  @Test
  void aResolverWithSomethingElseHasNotConverged() {
    answer("ns", 1, NEW);
    answer("office", 2, OLD);
    answer("home", 3, NEW);
    quiet(SHOP, NEW);
    assertFails(run(), "office says 192.0.2.1; the authorities say 198.51.100.1");
  }

  @Test
  void anOutageOfTheAuthoritiesIsNoConvergence() {
    silence("ns", 20);
    answer("office", 2, OLD);
    answer("home", 3, OLD);
    List<Endpoint> endpoints =
        RESOLVERS.stream().map(each -> Endpoint.of(each.name(), "x", 0)).toList();
    Spread spread =
        new Spread(at(0), false, 30, Authorities.of(List.of("ns")), endpoints)
            .with(List.of(new Outage(at(10), null)));
    put(SHOP, List.of(OLD), false, spread);
    assertFails(run(), "no authority of shop.example answers");
  }

  @Test
  void expectsTheRecordsThatAreWritten() {
    answer("ns", 1, OLD);
    answer("office", 2, OLD);
    answer("home", 3, OLD);
    quiet(SHOP, OLD);
    assertFails(
        run(List.of(SHOP), List.of(NEW), "office"),
        "office says 192.0.2.1; expected 198.51.100.1; ns says 192.0.2.1; expected 198.51.100.1");
    assertEquals(Outcome.pass(), run(List.of(SHOP), List.of("192.0.2.0/24")).outcome());
  }

  @Test
  void notEveryTypeOfAFamilyNeedBeThere() {
    answer("ns", 1, OLD);
    answer("office", 2, OLD);
    answer("home", 3, OLD);
    quiet(SHOP, OLD);
    quiet(HTTPS);
    assertEquals(Outcome.pass(), run(List.of(SHOP, HTTPS), List.of()).outcome());
    quiet(SHOP);
    assertFails(
        run(List.of(SHOP, HTTPS), List.of()),
        "no A record for shop.example; no HTTPS record for shop.example");
  }
}
