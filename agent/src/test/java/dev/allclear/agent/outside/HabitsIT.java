package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/// Caches that do not simply obey are recognised for what they do, and their flips lie within their
/// bounds all the same.
@Execution(CONCURRENT)
final class HabitsIT {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";
  private static final Duration LIMIT = Duration.ofSeconds(90);
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
        @ 300 SOA ns1 admin 1 6 5 86400 4
        @ 300 NS ns1
        ns1 300 A 127.0.0.1
        """
            + records);
  }

  private static Subject subject(String name, Authority authority, Cache cache) {
    return Watched.subject(
        name, "A", List.of("knot " + authority.address()), List.of("cache " + cache.address()));
  }

  private static void assertWithin(Truth truth, Spread spread) {
    Flip flip = Watched.flip(spread, "cache");
    assertTrue(
        flip.earliest().wall().minus(LEAST).isBefore(truth.after())
            && !Objects.requireNonNull(flip.latest()).wall().plus(LEAST).isBefore(truth.before()),
        () -> flip + " does not contain " + truth + Watched.looks(spread));
  }

  private static void assertProven(Class<? extends Verdict> kind, Spread spread) {
    List<Verdict> verdicts = Watched.verdicts(spread, "cache");
    assertTrue(
        verdicts.stream().anyMatch(kind::isInstance), () -> verdicts + Watched.looks(spread));
    assertTrue(verdicts.stream().noneMatch(each -> each.proof().isEmpty()), verdicts::toString);
  }

  /// S2. The whole TTL is seen before there are users: else it could as well be a ceiling.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNBOUND | prefetch: yes
          NAMED   | prefetch 2 9;
          """)
  void refreshesOfOthersAreSeenAndNoneIsCaused(Software software, String option)
      throws IOException, InterruptedException {
    int ttl = 11;
    Authority authority = authority("busy 11 A %s\nquiet 11 A %s\n".formatted(OLD, OLD));
    Cache cache = lab.cache(software, authority, option);
    Subject busy = subject("busy", authority, cache);
    Subject quiet = subject("quiet", authority, cache);
    try (Watched watched = Watched.start(List.of(busy, quiet))) {
      cache.until(Instant.now().plusSeconds(1));
      lab.users(cache, "busy", Type.A, Duration.ofMillis(200));
      cache.until(Instant.now().plusSeconds(6L * ttl));
      authority.put("busy", ttl, "A", NEW);
      authority.put("quiet", ttl, "A", "198.51.100.2");
      Spread first = watched.converged(busy, LIMIT);
      Spread second = watched.converged(quiet, LIMIT);
      assertWithin(cache.fetched(NEW), first);
      assertWithin(cache.fetched("198.51.100.2"), second);
      List<Instant> fetched =
          cache.fetches().stream()
              .filter(each -> each.asks("quiet"))
              .map(each -> each.time().after())
              .toList();
      for (int i = 1; i < fetched.size(); i++) {
        Duration gap = Duration.between(fetched.get(i - 1), fetched.get(i));
        assertTrue(gap.toMillis() > (ttl - 1) * 1000L - 50, fetched::toString);
      }
      assertProven(Verdict.EarlyRefresh.class, first);
      assertFalse(
          Watched.verdicts(second, "cache").stream()
              .anyMatch(Verdict.EarlyRefresh.class::isInstance));
    }
  }

  /// S3.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNBOUND  | cache-min-ttl: 12            | 4
          NAMED    | prefetch 0; min-cache-ttl 12; | 4
          RECURSOR | --minimum-ttl-override=12    | 4
          """)
  void aFloorIsNamedAndForetold(Software software, String option, int ttl)
      throws IOException, InterruptedException {
    Spread spread = change(software, option, ttl, 45);
    assertProven(Verdict.Floor.class, spread);
    assertEquals(12, seconds(spread));
  }

  private static int seconds(Spread spread) {
    return switch (Watched.verdicts(spread, "cache").getFirst()) {
      case Verdict.Floor floor -> floor.seconds();
      case Verdict.Ceiling ceiling -> ceiling.shown();
      case Verdict other -> throw new AssertionError(other.toString());
    };
  }

  /// S3.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNBOUND  | cache-max-ttl: 7
          NAMED    | prefetch 0; max-cache-ttl 7;
          """)
  void aCeilingIsNamedAndForetold(Software software, String option)
      throws IOException, InterruptedException {
    Spread spread = change(software, option, 40, 65);
    assertProven(Verdict.Ceiling.class, spread);
    assertEquals(7, seconds(spread));
  }

  private Spread change(Software software, String option, int ttl, int learning)
      throws IOException, InterruptedException {
    Authority authority = authority("app %d A %s\n".formatted(ttl, OLD));
    Cache cache = lab.cache(software, authority, option);
    Subject subject = subject("app", authority, cache);
    try (Watched watched = Watched.start(List.of(subject))) {
      cache.until(Instant.now().plusSeconds(learning));
      authority.put("app", ttl, "A", NEW);
      Spread spread = watched.converged(subject, LIMIT);
      Truth truth = cache.fetched(NEW);
      assertWithin(truth, spread);
      Watched.Told told = watched.await(subject, LIMIT, News.Foretold.class::isInstance);
      Eta eta = ((News.Foretold) told.news()).eta();
      Instant latest = Objects.requireNonNull(eta.last()).latest().wall();
      assertFalse(latest.isBefore(truth.before()), () -> eta + " before " + truth);
      return spread;
    }
  }

  /// S3. What stands still foretells nothing.
  @Test
  void aFrozenTtlVoidsThePrediction() throws IOException, InterruptedException {
    Authority authority = authority("app 5 A " + OLD);
    Cache cache = lab.cache(Software.DNSMASQ, authority, "--min-cache-ttl=40", "--max-ttl=6");
    Subject subject = subject("app", authority, cache);
    try (Watched watched = Watched.start(List.of(subject))) {
      cache.until(Instant.now().plusSeconds(15));
      authority.put("app", 5, "A", NEW);
      cache.until(Instant.now().plusSeconds(5));
      Spread under = Objects.requireNonNull(watched.spread(subject));
      assertProven(Verdict.Frozen.class, under);
      assertEquals(List.of("cache"), under.eta(Duration.ofSeconds(1)).unknown());
      Spread spread = watched.converged(subject, LIMIT);
      assertWithin(cache.fetched(NEW), spread);
    }
  }

  /// S4.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNBOUND | serve-expired: yes
          NAMED   | prefetch 0; stale-cache-enable yes; stale-answer-enable yes; stale-answer-client-timeout 0;
          DNSMASQ | --use-stale-cache=3600
          """)
  void staleFirstIsNoViolation(Software software, String option)
      throws IOException, InterruptedException {
    Authority authority = authority("app 6 A " + OLD);
    Cache cache = lab.cache(software, authority, option);
    Subject subject = subject("app", authority, cache);
    try (Watched watched = Watched.start(List.of(subject))) {
      cache.until(Instant.now().plusSeconds(35));
      authority.put("app", 6, "A", NEW);
      Spread spread = watched.converged(subject, LIMIT);
      assertWithin(cache.fetched(NEW), spread);
      assertProven(Verdict.StaleFirst.class, spread);
      assertFalse(
          Watched.verdicts(spread, "cache").stream().anyMatch(Verdict.Floor.class::isInstance));
    }
  }
}
