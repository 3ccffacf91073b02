package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Reply;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.dns.Subnet;
import dev.allclear.probes.dns.Surveyor;
import dev.allclear.probes.dns.View;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Wanted;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Caches that keep an answer for each network of clients: each has its value, its TTL and its
/// flip, and is a view of its own.
@Execution(CONCURRENT)
final class SubnetIT {
  private static final Subnet EU = Subnet.parse("192.0.7.0/24");
  private static final Subnet US = Subnet.parse("192.0.8.0/24");
  private static final int TTL = 12;
  private static final int APART = 4;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LEAST = Duration.ofMillis(1);

  private static final String SOFTWARE =
      """
      UNBOUND  | module-config: "subnetcache iterator" | send-client-subnet: 127.0.0.1 | client-subnet-always-forward: yes
      RECURSOR | --use-incoming-edns-subnet=yes | --edns-subnet-allow-list=127.0.0.0/8 | --ecs-ipv4-cache-bits=24
      """;

  private DnsLab lab;

  @BeforeEach
  void open(@TempDir Path folder) {
    lab = new DnsLab(folder);
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  private static List<View> views(Cache cache) {
    SystemClock clock = new SystemClock(0);
    try (Wire wire = Wire.open(clock)) {
      Server resolver = Server.parse("cache", cache.address());
      Surveyor surveyor = new Surveyor(List.of(resolver), List.of(), Duration.ofSeconds(60), wire);
      return surveyor.views(
          surveyor.ask(List.of(new Question("other.fo.test", "A"))), List.of(EU, US));
    }
  }

  /// A Recursor answers by subnet without a word of it (fact 31).
  private static String remark(Software software, Subnet subnet) {
    return software == Software.UNBOUND
        ? ""
        : "says nothing of client subnets: whether this is a view of %s cannot be told"
            .formatted(subnet);
  }

  private static Reply.Dns said(View view) {
    return (Reply.Dns) view.step().reply();
  }

  /// S13. Each network has an entry of its own, fetched when its first client asked.
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = SOFTWARE)
  void everyNetworkHasItsAnswerAndItsTtl(
      Software software, String first, String second, String third)
      throws IOException, InterruptedException {
    Misbehaving authority = lab.misbehaving();
    authority.answerBySubnet(TTL, 24);
    Cache cache = lab.cache(software, new int[] {authority.port()}, first, second, third);
    List<View> begun = views(cache);
    assertEquals(
        List.of(List.of("198.51.100.7"), List.of("198.51.100.8")),
        begun.stream().map(view -> said(view).records()).toList());
    assertEquals(
        Stream.of(EU, US).map(subnet -> remark(software, subnet)).toList(),
        begun.stream().map(View::remark).toList());
    cache.until(Instant.now().plusSeconds(2));
    assertTrue(
        views(cache).stream().allMatch(view -> said(view).ttl().toSeconds() < TTL - 1),
        begun::toString);
    // On a busy machine a cache may ask again before it has the answer.
    assertTrue(
        Stream.of("198.51.100.7", "198.51.100.8").map(cache::fetched).distinct().count() == 2,
        () -> cache.fetches().toString());
  }

  /// S13. Each flips at its own time.
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = SOFTWARE)
  void everyNetworkFlipsAtItsOwnTime(Software software, String first, String second, String third)
      throws IOException, InterruptedException {
    Misbehaving authority = lab.misbehaving();
    authority.answerBySubnet(TTL, 24);
    Cache cache = lab.cache(software, new int[] {authority.port()}, first, second, third);
    Subject eu = watched(authority, cache, EU);
    Subject us = watched(authority, cache, US);
    try (Watched early = Watched.start(List.of(eu))) {
      cache.until(Instant.now().plusSeconds(APART));
      try (Watched late = Watched.start(List.of(us))) {
        cache.until(Instant.now().plusSeconds(TTL + APART));
        early.known(eu);
        late.known(us);
        authority.answerBySubnet(TTL, 24, "203.0.113");
        assertFlipped(early, eu, cache, "203.0.113.7");
        assertFlipped(late, us, cache, "203.0.113.8");
      }
    }
  }

  private static Subject watched(Misbehaving authority, Cache cache, Subnet clients)
      throws IOException {
    Server known =
        Server.parse("script", "127.0.0.1:" + authority.port()).asAuthority().seenFrom(clients);
    Server view = Server.parse("cache", cache.address()).seenFrom(clients);
    return new Subject(
        clients.toString(),
        new Question("app.fo.test", "A"),
        new Wanted.Within(InetAddress.getByName("203.0.113.0"), 24),
        List.of(known),
        List.of(view),
        Duration.ofSeconds(1));
  }

  /// Within its bounds, and when the entry of this network had ended.
  private static void assertFlipped(Watched watched, Subject subject, Cache cache, String value)
      throws InterruptedException {
    Spread spread = watched.converged(subject, LIMIT);
    Truth fetched = cache.fetched(value, Watched.heard(spread, "cache"));
    Bounds flip = Objects.requireNonNull(Watched.flip(spread, "cache").bounds());
    assertTrue(
        flip.earliest().wall().minus(LEAST).isBefore(fetched.after())
            && !flip.latest().wall().plus(LEAST).isBefore(fetched.before()),
        () -> flip + " does not contain " + fetched + Watched.looks(spread));
    Sighting old =
        Watched.endpoint(spread, "cache").whole().seen().stream()
            .filter(look -> look.said() == Said.OLD)
            .reduce((_, later) -> later)
            .orElseThrow();
    Instant end = old.sent().wall().plusSeconds(old.ttl() - 1L);
    assertTrue(
        fetched.after().isAfter(end), () -> fetched + " before " + end + Watched.looks(spread));
  }
}
