package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.outside.Watched.Told;
import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Span;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Recovery;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/// Authorities that die and come back: what resolvers give meanwhile is told apart, and so is how
/// long they take to come back themselves.
@Execution(CONCURRENT)
final class DeadAuthorityIT {
  private static final boolean LONG = Boolean.getBoolean("allclear.long");
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";
  private static final Duration LIMIT = Duration.ofSeconds(LONG ? 400 : 200);
  private static final Duration REMEMBERED = Duration.ofSeconds(35);
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration QUIET = Duration.ofSeconds(4);

  /// Authorities are waited for as long as usual.
  private static final Map<Software, String> IMPATIENT =
      Map.of(
          Software.UNBOUND,
          "unknown-server-time-limit: 376 infra-cache-min-rtt: 50",
          Software.RECURSOR,
          "--network-timeout=1500");

  /// It is held for dead when time-outs have grown to the largest one, until what is known of it
  /// has expired.
  private static final List<String> SOON =
      List.of(
          "infra-cache-max-rtt: 1500 infra-host-ttl: 90",
          "infra-cache-max-rtt: 1500 infra-host-ttl: 10");

  private static final List<String> SLOWLY =
      List.of("infra-host-ttl: 420", "infra-host-ttl: 60", "infra-keep-probing: yes");

  private DnsLab lab;

  @BeforeEach
  void open(@TempDir Path folder) {
    lab = new DnsLab(folder);
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  private Cache cache(Software software, Authority authority, String option)
      throws IOException, InterruptedException {
    String impatient = IMPATIENT.get(software);
    return impatient == null
        ? lab.cache(software, authority, option)
        : lab.cache(software, authority, impatient, option);
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

  private static Subject subject(Authority authority, List<Cache> caches) {
    List<String> resolvers = new ArrayList<>();
    for (int i = 0; i < caches.size(); i++) {
      resolvers.add("cache-%d %s".formatted(i, caches.get(i).address()));
    }
    return Watched.subject("app", "A", List.of("knot " + authority.address()), resolvers);
  }

  private static void pass(Cache cache, int seconds) throws IOException, InterruptedException {
    cache.until(Instant.now().plusSeconds(seconds));
  }

  private static void assertWithin(Truth truth, Bounds bounds) {
    assertTrue(
        bounds.earliest().wall().minus(LEAST).isBefore(truth.after())
            && !bounds.latest().wall().plus(LEAST).isBefore(truth.before()),
        () -> bounds + " does not contain " + truth);
  }

  /// From one true instant to another.
  private static void assertWithin(Truth from, Truth to, Span span) {
    Duration least = Duration.between(from.after(), to.before());
    Duration most = Duration.between(from.before(), to.after());
    assertTrue(
        span.min().minus(LEAST).compareTo(most) <= 0
            && span.max().plus(LEAST).compareTo(least) >= 0,
        () -> span + " does not contain " + least + " to " + most);
  }

  /// An authority that is slow at first may be held for dead before it is.
  private static boolean isSince(Truth change, Bounds at) {
    return !at.latest().wall().isBefore(change.before());
  }

  private static Bounds unreachable(Watched watched, Subject subject, Truth killed)
      throws InterruptedException {
    Told told =
        watched.await(
            subject,
            LIMIT,
            news -> news instanceof News.Unreachable(Bounds at) && isSince(killed, at));
    return ((News.Unreachable) told.news()).at();
  }

  private static Bounds reachable(Watched watched, Subject subject, Truth back)
      throws InterruptedException {
    Told told =
        watched.await(
            subject, LIMIT, news -> news instanceof News.Reachable(Bounds at) && isSince(back, at));
    return ((News.Reachable) told.news()).at();
  }

  private static Recovery recovery(Watched watched, Subject subject, int cache, Truth back)
      throws InterruptedException {
    String resolver = "cache-" + cache;
    Told told =
        watched.await(
            subject,
            LIMIT,
            news ->
                news instanceof News.Recovered(String name, Recovery recovery)
                    && name.equals(resolver)
                    && isSince(back, Objects.requireNonNull(recovery.outage().end())));
    return ((News.Recovered) told.news()).recovery();
  }

  /// When it first fetched such data after the authority came back.
  private static Truth fetched(Cache cache, String data, Truth back, Instant heard) {
    return cache.fetched(
        each -> each.brought(data) && each.time().after().isAfter(back.before()), heard);
  }

  /// S5. What is stale by policy, what for want of better, what nobody can tell, and who fails.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNBOUND  | serve-expired: yes                                      | StaleFirst
          UNBOUND  | serve-expired: yes serve-expired-client-timeout: 3000   | StaleOnFailure
          NAMED    | prefetch 0; stale-cache-enable yes; stale-answer-enable yes; stale-refresh-time 6; | StaleOnFailure
          KRESD    | modules.load('serve_stale < cache')                     | StaleOnFailure
          RECURSOR | --serve-stale-extensions=10                             | Unknown
          DNSMASQ  | --use-stale-cache=3600                                  | StaleFirst
          UNBOUND  | infra-keep-probing: yes                                 | none
          """)
  void whatIsGivenWhileTheAuthorityIsDeadIsToldApart(Software software, String option, String kind)
      throws IOException, InterruptedException {
    Authority authority = authority("app 6 A " + OLD);
    Cache cache = cache(software, authority, option);
    Subject subject = subject(authority, List.of(cache));
    try (Watched watched = Watched.start(List.of(subject))) {
      pass(cache, LONG ? 40 : 15);
      watched.known(subject);
      if (kind.equals("StaleFirst")) {
        watched.until(subject, known -> stale(known).equals(kind));
        watched.answered(subject);
      }
      Truth killed = authority.kill();
      pass(cache, LONG ? 40 : 23);
      watched.until(subject, known -> isTouched(known) && stale(known).equals(kind));
      Truth back = authority.startAgain(OLD, NEW);
      Spread spread = watched.converged(subject, LIMIT);
      assertWithin(killed, unreachable(watched, subject, killed));
      assertWithin(back, reachable(watched, subject, back));
      Truth flipped = fetched(cache, NEW, back, Watched.heard(spread, "cache-0"));
      Flip flip = Watched.flip(spread, "cache-0");
      assertWithin(flipped, Objects.requireNonNull(flip.bounds()));
      Span lag = Objects.requireNonNull(recovery(watched, subject, 0, back).lag());
      assertWithin(back, flipped, lag);
      assertEquals(kind, stale(spread), () -> Watched.looks(spread));
    }
  }

  /// The resolver gave something else than a living answer in an outage.
  private static boolean isTouched(Spread known) {
    return !known.outages().isEmpty()
        && Recovery.of(Watched.endpoint(known, "cache-0"), known.outages().getLast(), Said.NEW)
            != null;
  }

  /// What is proven of ended values; nothing counts as a violation of the TTL.
  private static String stale(Spread spread) {
    List<Verdict> verdicts = Watched.verdicts(spread, "cache-0");
    assertFalse(verdicts.stream().anyMatch(Verdict.Floor.class::isInstance), verdicts::toString);
    return verdicts.stream()
        .filter(each ->
            each instanceof Verdict.StaleFirst
                || each instanceof Verdict.StaleOnFailure
                || (each instanceof Verdict.Unknown && !each.proof().isEmpty()))
        .map(each -> each.getClass().getSimpleName())
        .findFirst()
        .orElse("none");
  }

  /// It was not seen to ask its authority for a while, whatever it is asked.
  private static boolean asksNoMore(Cache cache) {
    Instant last = cache.fetches().getLast().time().before();
    return last.plus(QUIET).isBefore(Instant.now());
  }

  /// S6. An Unbound that held the authority for dead goes on to, with no change that would show it.
  @Test
  void aResolverThatHoldsTheAuthorityForDeadIsToldUntilItDoesNot()
      throws IOException, InterruptedException {
    Authority authority = authority("app 3 A " + OLD);
    List<Cache> caches = new ArrayList<>();
    for (String options : LONG ? SLOWLY : SOON) {
      Cache cache = cache(Software.UNBOUND, authority, options);
      caches.add(cache);
      lab.users(cache, "app", Type.A, Duration.ofMillis(300));
    }
    Subject subject = subject(authority, caches);
    Cache first = caches.getFirst();
    try (Watched watched = Watched.start(List.of(subject))) {
      pass(first, 2);
      watched.known(subject);
      Truth killed = authority.kill();
      pass(first, LONG ? 150 : 13);
      if (!LONG) {
        first.until("it holds the authority for dead", () -> asksNoMore(first));
      }
      Truth back = authority.startAgain();
      List<Recovery> recoveries = new ArrayList<>();
      List<Span> lags = new ArrayList<>();
      for (int i = 0; i < caches.size(); i++) {
        recoveries.add(recovery(watched, subject, i, back));
        lags.add(Objects.requireNonNull(recoveries.get(i).lag()));
        Instant heard = Objects.requireNonNull(recoveries.get(i).living()).received().wall();
        assertWithin(back, fetched(caches.get(i), OLD, back, heard), lags.get(i));
      }
      assertWithin(killed, unreachable(watched, subject, killed));
      assertWithin(back, reachable(watched, subject, back));
      List<String> lagging =
          watched.news(subject).stream()
              .filter(News.Lagging.class::isInstance)
              .map(news -> ((News.Lagging) news).resolver())
              .toList();
      for (int i = 0; i < lags.size(); i++) {
        boolean isTold = lagging.contains("cache-" + i);
        assertTrue(isTold || lags.get(i).min().compareTo(REMEMBERED) <= 0, lags::toString);
        assertTrue(!isTold || lags.get(i).max().compareTo(REMEMBERED) > 0, lags::toString);
      }
      assertFalse(lagging.isEmpty(), lags::toString);
      // With the usual largest time-out it is chance which of them had come to hold it for dead.
      boolean later = lags.get(1).max().compareTo(lags.get(0).min()) < 0;
      assertTrue(LONG || (lagging.contains("cache-0") && later), lags::toString);
    }
  }
}
