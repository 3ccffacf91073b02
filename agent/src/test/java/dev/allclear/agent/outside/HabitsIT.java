package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
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
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration AGAIN = Duration.ofSeconds(5);

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

  private static void assertProven(Predicate<Verdict> wanted, Spread spread) {
    List<Verdict> verdicts = Watched.verdicts(spread, "cache");
    assertTrue(verdicts.stream().anyMatch(wanted), () -> verdicts + Watched.looks(spread));
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
      watched.until(busy, spread -> shows(spread, ttl));
      lab.users(cache, "busy", Type.A, Duration.ofMillis(200));
      watched.proven(busy, "cache", Verdict.EarlyRefresh.class::isInstance);
      authority.put("busy", ttl, "A", NEW);
      authority.put("quiet", ttl, "A", "198.51.100.2");
      Spread first = watched.converged(busy, LIMIT);
      Spread second = watched.converged(quiet, LIMIT);
      assertWithin(fetched(cache, NEW, first), first);
      assertWithin(fetched(cache, "198.51.100.2", second), second);
      for (Sighting each : Watched.endpoint(second, "cache").whole().seen()) {
        assertLeftAlone(each, cache, "quiet");
      }
      assertProven(Verdict.EarlyRefresh.class::isInstance, first);
      assertFalse(
          Watched.verdicts(second, "cache").stream()
              .anyMatch(Verdict.EarlyRefresh.class::isInstance));
    }
  }

  /// A resolver showed the whole TTL.
  private static boolean shows(Spread spread, int ttl) {
    return Watched.endpoint(spread, "cache").whole().seen().stream()
        .anyMatch(look -> look.ttl() == ttl);
  }

  /// The entry that was seen was fetched anew no earlier than at its end. On a busy machine a cache
  /// may ask again before it is answered.
  private static void assertLeftAlone(Sighting look, Cache cache, String name) {
    Instant end = look.sent().wall().plusSeconds(look.ttl() - 1L).minusMillis(50);
    assertTrue(
        cache.fetches().stream()
            .filter(each -> each.asks(name))
            .map(each -> each.time().before())
            .noneMatch(at -> at.isAfter(look.received().wall().plus(AGAIN)) && at.isBefore(end)),
        () -> look + ": " + cache.fetches());
  }

  private static Truth fetched(Cache cache, String data, Spread spread) {
    return cache.fetched(data, Watched.heard(spread, "cache"));
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
    Predicate<Verdict> wanted =
        each -> each instanceof Verdict.Floor floor && floor.seconds() == 12;
    assertProven(wanted, change(software, option, ttl, wanted));
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
    Predicate<Verdict> wanted =
        each -> each instanceof Verdict.Ceiling ceiling && ceiling.shown() == 7;
    assertProven(wanted, change(software, option, 40, wanted));
  }

  private Spread change(Software software, String option, int ttl, Predicate<Verdict> learned)
      throws IOException, InterruptedException {
    Authority authority = authority("app %d A %s\n".formatted(ttl, OLD));
    Cache cache = lab.cache(software, authority, option);
    Subject subject = subject("app", authority, cache);
    try (Watched watched = Watched.start(List.of(subject))) {
      watched.proven(subject, "cache", learned);
      authority.put("app", ttl, "A", NEW);
      Spread spread = watched.converged(subject, LIMIT);
      Truth truth = fetched(cache, NEW, spread);
      assertWithin(truth, spread);
      Watched.Told told = watched.await(subject, LIMIT, News.Foretold.class::isInstance);
      Eta eta = ((News.Foretold) told.news()).eta();
      Instant latest = Objects.requireNonNull(eta.last()).latest().wall();
      assertFalse(
          latest.plus(watched.late(spread)).isBefore(truth.before()),
          () -> eta + " before " + truth);
      return spread;
    }
  }

  /// S3. What stands still foretells nothing.
  @Test
  void aFrozenTtlVoidsThePrediction() throws IOException, InterruptedException {
    Authority authority = authority("app 5 A " + OLD);
    Cache cache = lab.cache(Software.DNSMASQ, authority, "--min-cache-ttl=60", "--max-ttl=6");
    Subject subject = subject("app", authority, cache);
    try (Watched watched = Watched.start(List.of(subject))) {
      watched.proven(subject, "cache", Verdict.Frozen.class::isInstance);
      authority.put("app", 5, "A", NEW);
      Watched.Told told = watched.await(subject, LIMIT, News.Changed.class::isInstance);
      Spread under = Objects.requireNonNull(told.spread());
      assertProven(Verdict.Frozen.class::isInstance, under);
      assertEquals(List.of("cache"), under.eta(Duration.ofSeconds(1)).unknown());
      Spread spread = watched.converged(subject, LIMIT);
      assertWithin(fetched(cache, NEW, spread), spread);
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
      watched.proven(subject, "cache", Verdict.StaleFirst.class::isInstance);
      authority.put("app", 6, "A", NEW);
      Spread spread = watched.converged(subject, LIMIT);
      assertWithin(fetched(cache, NEW, spread), spread);
      assertProven(Verdict.StaleFirst.class::isInstance, spread);
      assertFalse(
          Watched.verdicts(spread, "cache").stream().anyMatch(Verdict.Floor.class::isInstance));
    }
  }
}
