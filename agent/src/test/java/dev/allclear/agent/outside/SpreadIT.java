package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Share;
import dev.allclear.probes.propagation.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/// A change on its way over lagging authorities, links, balancers and transports lies within its
/// bounds everywhere.
@Execution(CONCURRENT)
final class SpreadIT {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration LEAST = Duration.ofMillis(1);

  private DnsLab lab;

  @BeforeEach
  void open(@TempDir Path folder) {
    lab = new DnsLab(folder);
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  private Authority authority(String records) throws IOException, InterruptedException {
    return lab.authority(
        """
        @ 300 SOA ns1 admin 1 8 5 86400 6
        @ 300 NS ns1
        ns1 300 A 127.0.0.1
        """
            + records);
  }

  private static Subject subject(String name, Authority authority, String... resolvers) {
    return Watched.subject(name, "A", List.of("knot " + authority.address()), List.of(resolvers));
  }

  private static void assertWithin(Truth truth, Bounds bounds, Spread spread) {
    assertTrue(
        bounds.earliest().wall().minus(LEAST).isBefore(truth.after())
            && !bounds.latest().wall().plus(LEAST).isBefore(truth.before()),
        () -> bounds + " does not contain " + truth + Watched.looks(spread));
  }

  private static void assertWithin(Truth truth, Spread spread, String resolver) {
    Flip flip = Watched.flip(spread, resolver);
    assertTrue(flip.happened(), () -> flip + Watched.looks(spread));
    assertWithin(truth, flip, spread);
  }

  private static void assertWithin(Truth truth, Flip flip, Spread spread) {
    assertWithin(truth, Objects.requireNonNull(flip.bounds(), () -> Watched.looks(spread)), spread);
  }

  private static Truth fetched(Cache cache, Spread spread, String resolver) {
    return cache.fetched(NEW, Watched.heard(spread, resolver));
  }

  private static Eta foretold(Watched watched, Subject subject) throws InterruptedException {
    Watched.Told told = watched.await(subject, LIMIT, News.Foretold.class::isInstance);
    return ((News.Foretold) told.news()).eta();
  }

  /// S7. Nobody is asked for a name before it is there.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNBOUND  | identity: ""
          NAMED    | prefetch 0;
          RECURSOR | --quiet
          DNSMASQ  | --cache-size=100
          """)
  void aNameThatIsMadeIsSeenWhenItsDenialEnds(Software software, String option)
      throws IOException, InterruptedException {
    Authority authority = authority("app 300 A " + OLD);
    Cache cache = lab.cache(software, authority, option);
    Tap front = lab.front(cache);
    Subject fresh = subject("fresh", authority, "cache " + front.address());
    try (Watched watched = Watched.start(List.of(fresh))) {
      watched.await(fresh, LIMIT, News.Known.class::isInstance);
      cache.until(Instant.now().plusSeconds(5));
      assertEquals(List.of(), front.fetches());
      Heard denied = cache.ask("fresh", Type.A);
      assertEquals("NXDOMAIN", denied.rcode());
      Truth made = authority.put("fresh", 6, "A", NEW);
      Spread spread = watched.converged(fresh, LIMIT);
      assertWithin(fetched(cache, spread, "cache"), spread, "cache");
      assertFalse(front.fetches().getFirst().time().before().isBefore(made.before()));
    }
  }

  /// S9.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNBOUND  | identity: ""
          NAMED    | prefetch 0;
          RECURSOR | --quiet
          """)
  void theLinkThatChangesIsTheLimit(Software software, String option)
      throws IOException, InterruptedException {
    Authority authority =
        authority(chain("a") + chain("b") + chain("c") + "fresh 300 A 198.51.100.9\n");
    Cache cache = lab.cache(software, authority, option);
    List<Subject> all =
        Stream.of("a", "b", "c")
            .map(each -> subject(each + "-head", authority, "cache " + cache.address()))
            .toList();
    try (Watched watched = Watched.start(all)) {
      cache.until(Instant.now().plusSeconds(30));
      for (Subject each : all) {
        watched.known(each);
      }
      authority.put("a-leaf", 4, "A", NEW);
      authority.put("b-mid", 13, "CNAME", "fresh");
      authority.put("c-head", 7, "CNAME", "fresh");
      List<String> links =
          List.of("a-leaf.fo.test A", "b-mid.fo.test CNAME", "c-head.fo.test CNAME");
      for (int i = 0; i < all.size(); i++) {
        Subject subject = all.get(i);
        Spread spread = watched.converged(subject, LIMIT);
        assertEquals(
            links.get(i), Objects.requireNonNull(foretold(watched, subject).limit()).link());
        assertWithin(fetched(cache, spread, i), spread, "cache");
      }
    }
  }

  /// When the changed link of each chain was fetched for itself: what comes with the answer to
  /// another link's question is not taken.
  private static Truth fetched(Cache cache, Spread spread, int chain) {
    String owner = List.of("a-leaf", "b-mid", "c-head").get(chain);
    String data = chain == 0 ? NEW : "fresh.fo.test.";
    return cache.fetched(
        each -> each.asks(owner) && each.owns(owner, data), Watched.heard(spread, "cache"));
  }

  private static String chain(String name) {
    return """
    {name}-head 7 CNAME {name}-mid
    {name}-mid 13 CNAME {name}-leaf
    {name}-leaf 4 A {old}
    """
        .replace("{name}", name)
        .replace("{old}", OLD);
  }

  private List<Cache> farm(Authority authority) throws IOException, InterruptedException {
    List<Cache> caches = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Cache cache = lab.cache(Software.UNBOUND, authority);
      caches.add(cache);
      cache.ask("app", Type.A);
      cache.until(Instant.now().plusMillis(3_300));
    }
    return caches;
  }

  private Cache balancer(List<Cache> caches, String... options)
      throws IOException, InterruptedException {
    int[] ports = caches.stream().mapToInt(Cache::port).toArray();
    return lab.cache(Software.DNSDIST, ports, options);
  }

  /// S10.
  @Test
  void cachesBehindABalancerFlipOneByOne() throws IOException, InterruptedException {
    Authority authority = authority("app 12 A " + OLD);
    List<Cache> caches = farm(authority);
    Cache balancer = balancer(caches, "setServerPolicy(roundrobin)");
    Subject subject = subject("app", authority, "farm " + balancer.address());
    try (Watched watched = Watched.start(List.of(subject))) {
      watched.until(subject, known -> Watched.endpoint(known, "farm").parts().size() == 3);
      balancer.until(Instant.now().plusSeconds(20));
      authority.put("app", 12, "A", NEW);
      Spread spread = watched.converged(subject, LIMIT);
      Map<String, Flip> flips = Watched.endpoint(spread, "farm").flips(spread.event());
      assertEquals(3, flips.size(), flips::toString);
      for (Cache cache : caches) {
        Flip flip = Objects.requireNonNull(flips.get("unbound-" + cache.port()), flips::toString);
        assertWithin(fetched(cache, spread, "farm"), flip, spread);
      }
      List<Moment> steps =
          flips.values().stream()
              .map(flip -> Objects.requireNonNull(flip.latest()))
              .sorted()
              .toList();
      for (int i = 0; i < 3; i++) {
        Share share = spread.caches(steps.get(i));
        assertTrue(share.certain() > i && share.all() == 3, share::toString);
      }
    }
  }

  /// S10. One name is hashed to one cache, and names kept with packets are none of caches (fact
  /// 23).
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          setServerPolicy(chashed)
          setServerPolicy(roundrobin) getPool(''):setCache(newPacketCache(1000))
          """)
  void whatAnswersAsOneCacheIsOne(String option) throws IOException, InterruptedException {
    Authority authority = authority("app 8 A " + OLD);
    Cache balancer = balancer(farm(authority), option);
    Tap front = lab.front(balancer);
    Subject subject = subject("app", authority, "farm " + front.address());
    try (Watched watched = Watched.start(List.of(subject))) {
      balancer.until(Instant.now().plusSeconds(40));
      watched.known(subject);
      authority.put("app", 8, "A", NEW);
      Spread spread = watched.converged(subject, LIMIT);
      List<Fetch> told = front.fetches();
      Instant old =
          told.stream().filter(each -> each.brought(OLD)).toList().getLast().time().before();
      Instant fresh =
          told.stream().filter(each -> each.brought(NEW)).findFirst().orElseThrow().time().after();
      assertWithin(new Truth(old, fresh), spread, "farm");
      assertEquals(1, spread.caches(spread.start()).all());
    }
  }

  /// S11.
  @Test
  void aLaggingSecondaryMakesTheCacheTakeUpTheOldAgain() throws IOException, InterruptedException {
    Authority primary = authority("app 4 A 192.0.2.99");
    Authority secondary = lab.lagging(primary);
    Cache cache = lab.cache(Software.UNBOUND, secondary);
    primary.put("app", 4, "A", OLD);
    cache.until(secondary, "app", OLD);
    Subject subject =
        Watched.subject(
            "app",
            "A",
            List.of("knot " + primary.address(), "nsd " + secondary.address()),
            List.of("cache " + cache.address()));
    try (Watched watched = Watched.start(List.of(subject))) {
      cache.until(Instant.now().plusSeconds(30));
      watched.known(subject);
      Truth changed = primary.put("app", 4, "A", NEW);
      Instant old = Instant.now();
      Heard heard = secondary.ask("app", Type.A);
      while (heard.says(OLD)) {
        old = heard.sent();
        cache.until(Instant.now().plusMillis(20));
        heard = secondary.ask("app", Type.A);
      }
      Truth synced = new Truth(old, heard.received());
      Spread spread = watched.converged(subject, LIMIT);
      assertWithin(changed, Objects.requireNonNull(spread.authorities().first()), spread);
      assertWithin(synced, Objects.requireNonNull(spread.authorities().everywhere()), spread);
      Truth truth = fetched(cache, spread, "cache");
      assertWithin(truth, spread, "cache");
      Eta last =
          watched.news(subject).stream()
              .flatMap(each -> each instanceof News.Foretold(Eta eta) ? Stream.of(eta) : null)
              .reduce((_, later) -> later)
              .orElseThrow();
      watched.assertForetold(Objects.requireNonNull(last.last()), truth, spread);
    }
  }

  /// S14.
  @Test
  void everyTransportShowsTheSameCache() throws IOException, InterruptedException {
    Authority authority = authority("app 6 A " + OLD);
    Cache cache = lab.cache(Software.UNBOUND_ENCRYPTED, authority);
    Path pem = cache.file("certificate.pem");
    Subject plain = subject("app", authority, "udp " + cache.address());
    List<Server> servers =
        List.of(
            plain.resolvers().getFirst(),
            Server.parse("tcp", "tcp://127.0.0.1:" + cache.port()),
            Server.parse("tls", "tls://127.0.0.1:" + (cache.port() + 1)).verified(pem, null),
            Server.parse("https", "https://127.0.0.1:" + (cache.port() + 2) + "/dns-query")
                .verified(pem, null));
    Subject subject =
        new Subject("app", plain.question(), null, plain.authorities(), servers, plain.every());
    try (Watched watched = Watched.start(List.of(subject))) {
      cache.until(Instant.now().plusSeconds(40));
      watched.known(subject);
      authority.put("app", 6, "A", NEW);
      Spread spread = watched.converged(subject, LIMIT);
      Truth truth = fetched(cache, spread, "udp");
      for (Server each : servers) {
        assertWithin(truth, spread, each.name());
      }
      assertEquals(
          1,
          spread.endpoints().stream()
              .flatMap(each -> each.whole().seen().stream())
              .filter(look -> look.said() == Said.OLD || look.said() == Said.NEW)
              .map(look -> look.nsid())
              .distinct()
              .count());
    }
  }

  /// S16. What fails, is cut short or is silent is not new.
  @ParameterizedTest
  @CsvSource({"UNBOUND", "NAMED", "RECURSOR", "DNSMASQ", "KRESD"})
  void failuresFlipNothing(Software software) throws IOException, InterruptedException {
    Misbehaving authority = lab.misbehaving();
    authority.answer(4, OLD);
    Cache cache = lab.cache(software, new int[] {authority.port()});
    Subject subject =
        Watched.subject(
            "app",
            "A",
            List.of("script 127.0.0.1:" + authority.port()),
            List.of("cache " + cache.address()));
    try (Watched watched = Watched.start(List.of(subject))) {
      cache.until(Instant.now().plusSeconds(15));
      watched.known(subject);
      authority.fail();
      cache.until(Instant.now().plusSeconds(6));
      assertTrue(
          watched.news(subject).stream().noneMatch(News.Changed.class::isInstance),
          () -> watched.news(subject).toString());
      authority.truncate(4, OLD);
      cache.until(Instant.now().plusSeconds(6));
      assertTrue(
          watched.news(subject).stream().noneMatch(News.Changed.class::isInstance),
          () -> watched.news(subject).toString());
      authority.truncate(4, NEW);
      Spread spread = watched.converged(subject, LIMIT);
      assertWithin(fetched(cache, spread, "cache"), spread, "cache");
    }
  }
}
