package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;
import tools.jackson.databind.JsonNode;

/// `allclear run` sees a service fail over by DNS, with real authorities and caches, and is killed
/// in the middle of it.
final class FailoverIT {
  private static final String WEST = "127.0.10.1";
  private static final String EAST = "127.0.20.1";

  private static final String ZONE =
      """
      @ 300 SOA ns1 admin 1 15 5 86400 20
      @ 300 NS ns1
      ns1 300 A 127.0.0.1
      app 8 A 127.0.10.1
      """;

  private static final String CONFIG =
      """
      agent: {ledger: {folder}/ledger}
      resolvers:
        office: {address: "{office}", weight: 60}
        branch: {address: "{branch}", weight: 30}
        home: "{home}"
      services:
        shop:
          rto: 2m
          resolver: office
          detect:
            get: http://app.fo.test:{port}/
            every: 3s
            timeout: 3s
          verify:
            dns: {app.fo.test: [office, branch]}
            passes: 2
            for: 1s
            hold: 2s
      dns:
        app.fo.test:
          authorities: "{authority}"
          resolvers: [office, branch, home]
          every: 2s
      """;

  @TempDir private Path folder;
  private DnsLab lab;
  private int port;

  @BeforeEach
  void open(@TempDir Path servers) {
    lab = new DnsLab(servers);
    port = Ports.free();
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  private HttpServer site(String address) throws IOException {
    HttpServer site = HttpServer.create(new InetSocketAddress(address, port), 0);
    site.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    site.start();
    return site;
  }

  private Path config(Authority authority, Cache office, Cache branch, Cache home)
      throws IOException {
    return Files.writeString(
        folder.resolve("allclear.yaml"),
        CONFIG
            .replace("{folder}", folder.toString())
            .replace("{port}", Integer.toString(port))
            .replace("{authority}", authority.address())
            .replace("{office}", office.address())
            .replace("{branch}", branch.address())
            .replace("{home}", home.address()));
  }

  @Test
  void verifiesOnceTheResolversThatCountHaveConvergedAndLosesNothingOverARestart()
      throws IOException, InterruptedException {
    Authority authority = lab.authority(ZONE);
    Authority lagging = lab.authority(ZONE);
    Authority forgotten = lab.authority(ZONE);
    Cache office = lab.cache(Software.UNBOUND, authority);
    Cache branch = lab.cache(Software.UNBOUND, lagging);
    Cache home = lab.cache(Software.UNBOUND, forgotten);
    Path config = config(authority, office, branch, home);
    HttpServer west = site(WEST);
    HttpServer east = site(EAST);
    String id;
    Truth changed;
    Set<String> shown;
    JsonNode officeFlip;
    try (RunningAgent agent = RunningAgent.start(folder, config)) {
      agent.awaitHealthy();
      agent
          .process()
          .until("all were asked", () -> scrape(agent).contains("server=\"home\",service"));
      west.stop(0);
      id = agent.awaitIncident().path("id").asString();
      claim(agent);
      // The other two go on with the old address until they are told otherwise.
      changed = authority.put("app", 8, "A", EAST);
      String outage = id;
      agent.process().until("an ETA", () -> tail(agent, outage).hasNonNull("eta"));
      assertTrue(flipped(agent, outage).size() < 3, "the ETA comes before the last flip");
      agent.process().until("office", () -> flipped(agent, outage).contains("office"));
      officeFlip = flip(tail(agent, outage), "office");
      assertFalse(agent.incident(id).hasNonNull("verified"), "branch is old");
      assertTrue(tail(agent, outage).path("parts").hasNonNull("api"), "the claim gives T0");
      assertTrue(scrape(agent).contains("part=\"api\""), () -> "no api part in the metrics");
      shown = new HashSet<>(agent.events());
      agent.kill();
    }
    try (RunningAgent agent = RunningAgent.start(folder, config)) {
      Set<String> lost = new HashSet<>(shown);
      lost.removeAll(agent.events());
      assertEquals(Set.of(), lost);
      lagging.put("app", 8, "A", EAST);
      JsonNode verified = agent.awaitMoment(id, "verified");
      String outage = id;
      agent.process().until("branch", () -> flipped(agent, outage).contains("branch"));
      JsonNode tail = tail(agent, id);
      changed.assertWithin(tail.path("firstAuthority"));
      assertEquals(officeFlip, flip(tail, "office"));
      office.fetched(EAST).assertWithin(officeFlip.path("at"));
      Truth last = branch.fetched(EAST);
      last.assertWithin(flip(tail, "branch").path("at"));
      Instant at = Instant.parse(verified.path("verified").asString());
      assertFalse(at.isBefore(last.before()), () -> at + " is before " + last);
      assertFalse(tail.hasNonNull("converged"), tail::toString);

      forgotten.put("app", 8, "A", EAST);
      agent.process().until("home", () -> tail(agent, outage).hasNonNull("converged"));
      JsonNode whole = tail(agent, id);
      home.fetched(EAST).assertWithin(flip(whole, "home").path("at"));
      assertEquals("home", whole.path("limit").asString());
      home.fetched(EAST).assertWithin(whole.path("converged"));
      assertScraped(agent);
    } finally {
      east.stop(0);
    }
    assertTrue(office.ask("app", Type.A).says(EAST));
  }

  private void claim(RunningAgent agent) throws IOException, InterruptedException {
    Binary.Finished claim =
        Binary.run(
            folder,
            "claim",
            "dns-changed",
            "app.fo.test",
            "--actor",
            "deploy-42",
            "--url",
            agent.url("/"));
    assertEquals(0, claim.code(), claim::err);
  }

  private static String scrape(RunningAgent agent) throws IOException, InterruptedException {
    return Web.get(agent.url("/metrics"));
  }

  private static void assertScraped(RunningAgent agent) throws IOException, InterruptedException {
    String scrape = scrape(agent);
    for (String series :
        List.of(
            "allclear_dns_authoritative_ttl_seconds{name=\"app.fo.test\"",
            "allclear_dns_ttl_seconds{name=\"app.fo.test\",region=\"global\",server=\"home\"",
            "allclear_dns_flipped_ratio{bound=\"certain\",name=\"app.fo.test\",of=\"users\"",
            "allclear_dns_stale_seconds{name=\"app.fo.test\"",
            "allclear_dns_propagation_seconds{bound=\"max\",name=\"app.fo.test\",part=\"tail\"",
            "allclear_dns_queries_total{name=\"app.fo.test\",outcome=\"answered\"",
            "allclear_dns_worst_case_seconds{name=\"app.fo.test\"",
            "allclear_dns_rto_margin_seconds{name=\"app.fo.test\"",
            "allclear_dns_ready_timestamp_seconds{name=\"app.fo.test\"")) {
      assertTrue(scrape.contains(series), () -> series + " is not in " + scrape);
    }
  }

  private static JsonNode tail(RunningAgent agent, String id)
      throws IOException, InterruptedException {
    return agent.incident(id).path("dns").path(0);
  }

  private static Set<String> flipped(RunningAgent agent, String id)
      throws IOException, InterruptedException {
    return Set.copyOf(tail(agent, id).path("flips").findValuesAsString("resolver"));
  }

  private static JsonNode flip(JsonNode tail, String resolver) {
    return StreamSupport.stream(tail.path("flips").spliterator(), false)
        .filter(flip -> flip.path("resolver").asString().equals(resolver))
        .findFirst()
        .orElseThrow();
  }
}
