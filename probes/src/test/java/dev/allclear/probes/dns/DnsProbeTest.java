package dev.allclear.probes.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Nameserver.Answer;
import dev.allclear.probes.dns.Nameserver.Resource;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DnsProbeTest {
  private static final Question SHOP = new Question("shop.test", "A");

  private final Wire wire = Wire.open(new RealClock());
  private final List<Nameserver> running = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    wire.close();
    for (Nameserver server : running) {
      server.close();
    }
  }

  @Test
  void passesWhenAllSayTheSame() throws IOException {
    Observation seen =
        run(List.of(), says("obeys", 3, "127.0.10.1"), authority("authority", "127.0.10.1"));
    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals("shop", seen.probe());
    assertEquals(Depth.DNS, seen.depth());
    assertTrue(Agreement.of(seen.steps()).complete());
  }

  @Test
  void pointsAtTheServerThatLagsBehindTheAuthority() throws IOException {
    Observation seen =
        run(
            List.of(),
            says("obeys", 5, "127.0.20.1"),
            says("clamps", 3, "127.0.10.1"),
            authority("authority", "127.0.20.1"));
    String detail = "clamps still says 127.0.10.1 (ttl 3s); authority and obeys say 127.0.20.1";
    assertFails(seen, detail.replace("authority and obeys say", "obeys and authority say"));
    assertEquals("clamps", seen.failedStep().orElseThrow().name());
    assertEquals(seen.failedStep().orElseThrow().proof(), seen.proof());
    assertEquals(List.of("clamps"), failed(seen));
  }

  @Test
  void groupsServersWithEqualAnswers() throws IOException {
    Observation seen =
        run(
            List.of(),
            authority("authority", "127.0.20.1"),
            says("clamps", 3, "127.0.10.1"),
            says("stale", 30, "127.0.10.1"),
            says("empty", 0));
    assertFails(
        seen,
        "clamps and stale still say 127.0.10.1 (ttl 30s); empty still says nothing; authority says"
            + " 127.0.20.1");
  }

  @Test
  void listsTheMajorityFirstWhereNobodyKnows() throws IOException {
    Observation seen =
        run(
            List.of(),
            says("a", 3, "192.0.2.1"),
            says("b", 4, "192.0.2.2", "192.0.2.3"),
            says("c", 5, "192.0.2.2", "192.0.2.3"));
    assertFails(seen, "b and c say 192.0.2.2, 192.0.2.3 (ttl 5s); a says 192.0.2.1 (ttl 3s)");
    assertEquals(List.of(), failed(seen));
  }

  @Test
  void blamesEveryServerThatDoesNotSayWhatIsExpected() throws IOException {
    Observation seen =
        run(
            List.of("127.0.20.1"),
            says("clamps", 3, "127.0.10.1"),
            says("obeys", 3, "127.0.20.1"),
            authority("authority", "127.0.10.1"));
    assertFails(seen, "clamps and authority say 127.0.10.1 (ttl 5s); expected 127.0.20.1");
    assertEquals(List.of("clamps", "authority"), failed(seen));
  }

  @Test
  void takesExpectedRecordsInAnyOrderAndWriting() throws IOException {
    Question aaaa = new Question("shop.test", "AAAA");
    Server server = start("obeys", false, answer("AAAA", 5, "2001:db8::2", "2001:db8::1"));
    List<String> expected = List.of("2001:DB8:0::2", "2001:db8:0:0:0:0:0:1");
    assertEquals(Outcome.pass(), run(aaaa, expected, server).outcome());
  }

  @Test
  void countsLinksOnlyIfOneIsExpected() throws IOException {
    Answer chain =
        new Answer(
            "NOERROR",
            true,
            List.of(
                new Resource("shop.test", "CNAME", Duration.ofSeconds(5), "lb.test"),
                new Resource("lb.test", "A", Duration.ofSeconds(5), "192.0.2.1")));
    Server server = start("obeys", false, chain);
    assertEquals(Outcome.pass(), run(SHOP, List.of("192.0.2.1"), server).outcome());
    assertEquals(
        Outcome.pass(), run(SHOP, List.of("CNAME LB.test", "192.0.2.1"), server).outcome());
    assertFails(
        run(SHOP, List.of("CNAME eu.test.", "192.0.2.1"), server),
        "obeys says 192.0.2.1, CNAME lb.test. (ttl 5s); expected 192.0.2.1, CNAME eu.test.");
  }

  @Test
  void failsWithoutARecord() throws IOException {
    Observation seen = run(List.of(), says("obeys", 0), authority("authority"));
    assertFails(seen, "no A record for shop.test");
    assertEquals(List.of("obeys", "authority"), failed(seen));
  }

  @Test
  void namesAServersOwnFailureFirst() throws IOException {
    Server broken = start("broken", false, new Answer("SERVFAIL", false, List.of()));
    Observation seen = run(List.of("192.0.2.9"), says("obeys", 3, "192.0.2.1"), broken);
    assertEquals(Outcome.fail(Cause.DNS, "broken answered SERVFAIL"), seen.outcome());
    assertEquals(List.of("broken"), Agreement.of(seen.steps()).silent());
  }

  @Test
  void shortensLongAnswers() throws IOException {
    Observation seen =
        run(
            List.of("192.0.2.9"),
            says("obeys", 3, "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"));
    assertFails(
        seen,
        "obeys says 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4 and 1 more (ttl 3s); expected"
            + " 192.0.2.9");
  }

  @Test
  void isInconclusiveWhenInterrupted() throws IOException {
    Server server = says("obeys", 3, "192.0.2.1");
    Thread.currentThread().interrupt();
    Observation seen = run(List.of(), server);
    assertTrue(Thread.interrupted());
    assertEquals(Outcome.inconclusive("interrupted"), seen.outcome());
  }

  private static final List<Question> FAMILY =
      List.of(SHOP, new Question("shop.test", "AAAA"), new Question("shop.test", "HTTPS"));

  @Test
  void asksForAFamilyTogetherAndNotEveryTypeNeedBeThere() throws IOException {
    Observation seen = run(FAMILY, List.of("192.0.2.1"), typed("192.0.2.1", "2001:db8::1"));
    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(
        List.of("obeys A", "obeys AAAA", "obeys HTTPS"),
        seen.steps().stream().map(StepRun::name).toList());
  }

  @Test
  void aFamilyFailsWithOneOfItsTypes() throws IOException {
    List<String> expected = List.of("192.0.2.1", "2001:db8::2");
    assertFails(
        run(FAMILY, expected, typed("192.0.2.1", "2001:db8::1")),
        "obeys says 2001:db8::1 (ttl 3s); expected 2001:db8::2");
  }

  @Test
  void findsNoAuthorityWhereTheResolverNamesNone() throws IOException {
    Surveyor surveyor =
        new Surveyor(
            List.of(says("obeys", 3, "192.0.2.1")), List.of(), Duration.ofSeconds(20), wire);
    Observation seen = new DnsProbe("shop", List.of(SHOP), surveyor, 53, wire.clock()).run();
    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(1, seen.steps().size());
  }

  private Server typed(String a, String aaaa) throws IOException {
    Nameserver nameserver =
        Nameserver.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            question ->
                switch (question.type()) {
                  case "A" -> answer("A", 3, a);
                  case "AAAA" -> answer("AAAA", 3, aaaa);
                  default -> answer("HTTPS", 3);
                });
    running.add(nameserver);
    return new Server("obeys", nameserver.address(), Server.Transport.UDP, false);
  }

  private Observation run(List<String> expected, Server... servers) {
    return run(SHOP, expected, servers);
  }

  private Observation run(Question question, List<String> expected, Server... servers) {
    return run(List.of(question), expected, servers);
  }

  private Observation run(List<Question> questions, List<String> expected, Server... servers) {
    Surveyor surveyor =
        new Surveyor(Arrays.asList(servers), expected, Duration.ofSeconds(20), wire);
    return new DnsProbe("shop", questions, surveyor, 0, wire.clock()).run();
  }

  private Server says(String name, int ttl, String... addresses) throws IOException {
    return start(name, false, answer("A", ttl, addresses));
  }

  private Server authority(String name, String... addresses) throws IOException {
    return start(name, true, answer("A", 5, addresses));
  }

  private Server start(String name, boolean authority, Answer answer) throws IOException {
    Nameserver nameserver =
        Nameserver.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), _ -> answer);
    running.add(nameserver);
    return new Server(name, nameserver.address(), Server.Transport.UDP, authority);
  }

  private static Answer answer(String type, int ttl, String... data) {
    List<Resource> records = new ArrayList<>();
    for (String one : data) {
      records.add(new Resource("shop.test", type, Duration.ofSeconds(ttl), one));
    }
    return new Answer("NOERROR", false, records);
  }

  private static void assertFails(Observation seen, String detail) {
    assertEquals(Outcome.fail(Cause.ASSERTION, detail), seen.outcome());
  }

  private static List<String> failed(Observation seen) {
    return seen.steps().stream()
        .filter(step -> step.outcome().isFail())
        .map(StepRun::name)
        .toList();
  }
}
