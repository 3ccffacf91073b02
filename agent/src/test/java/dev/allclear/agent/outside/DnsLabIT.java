package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Type;

/// The lab is what it is taken for: real caches that do with TTLs what such caches were seen doing,
/// and a log of what they fetched that agrees with what they say.
final class DnsLabIT {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";
  private static final int STALE = 3;
  private static final long STALE_TTL = 30;
  private static final Duration MARGIN = Duration.ofMillis(150);

  private static final String HEAD =
      """
      @ {soa} SOA ns1 admin 1 6 5 86400 {negative}
      @ 300 NS ns1
      ns1 300 A 127.0.0.1
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

  private Authority authority(String records) throws IOException, InterruptedException {
    return authority(300, 20, records);
  }

  private Authority authority(int soa, int negative, String records)
      throws IOException, InterruptedException {
    String head =
        HEAD.replace("{soa}", Integer.toString(soa))
            .replace("{negative}", Integer.toString(negative));
    return lab.authority(head + records);
  }

  @ParameterizedTest
  @EnumSource(
      value = Software.class,
      names = {"NAMED_ITERATING"},
      mode = EnumSource.Mode.EXCLUDE)
  @Execution(CONCURRENT)
  void answersAndTheLogSaysWhenItFetched(Software software)
      throws IOException, InterruptedException {
    Authority authority = authority("app 60 A " + OLD);
    Cache cache = lab.cache(software, authority);
    Heard heard = cache.ask("app", Type.A);
    assertTrue(heard.says(OLD), heard::toString);
    Truth fetched = cache.fetched(OLD);
    assertTrue(!fetched.before().isBefore(heard.sent()), fetched::toString);
    assertTrue(!fetched.before().isAfter(heard.received()), fetched::toString);
  }

  /// Facts 1 and 2.
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
  @Execution(CONCURRENT)
  void flipsOnTheWholeSecondThatOneEarlierAnswerForetells(Software software, String option)
      throws IOException, InterruptedException {
    Authority authority = authority("app 5 A " + OLD);
    Cache cache = lab.cache(software, authority, option);
    Heard warm = cache.ask("app", Type.A);
    assertEquals(5, warm.ttl());
    authority.put("app", 5, "A", NEW);
    List<Heard> answers = flip(cache, "app", Type.A, software.expiry(warm), NEW);
    assertEquals(
        software.lastTtl(),
        answers.stream().filter(each -> each.says(OLD)).mapToLong(Heard::ttl).min().orElseThrow());
  }

  /// Fact 7.
  @Test
  @Execution(CONCURRENT)
  void staleFirstAnswersOnceMoreWithTheOldAndFetchesBehindThat()
      throws IOException, InterruptedException {
    Authority authority = authority("app 2 A " + OLD);
    Cache cache = lab.cache(Software.UNBOUND, authority, "serve-expired: yes");
    Heard warm = cache.ask("app", Type.A);
    authority.put("app", 2, "A", NEW);
    cache.until(Software.UNBOUND.expiry(warm).after().plusSeconds(3));
    Heard stale = cache.ask("app", Type.A);
    assertTrue(stale.says(OLD), stale::toString);
    assertEquals(STALE_TTL, stale.ttl());
    assertEquals(Set.of(STALE), stale.errors());
    List<Heard> next =
        cache.poll("app", Type.A, Instant.now().plusSeconds(2), each -> each.says(NEW));
    assertTrue(next.getLast().says(NEW), next::toString);
    assertTrue(!cache.fetched(NEW).before().isBefore(stale.sent()), next::toString);
  }

  /// Fact 14.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNBOUND  | cache-min-ttl: 6
          NAMED    | prefetch 0; min-cache-ttl 6;
          RECURSOR | --minimum-ttl-override=6
          """)
  @Execution(CONCURRENT)
  void aFloorIsShownAndKeptEvenOfZero(Software software, String option)
      throws IOException, InterruptedException {
    Authority authority = authority("app 2 A %s\nzero 0 A %s\n".formatted(OLD, OLD));
    Cache cache = lab.cache(software, authority, option);
    Heard two = cache.ask("app", Type.A);
    Heard none = cache.ask("zero", Type.A);
    assertEquals(List.of(6L, 6L), List.of(two.ttl(), none.ttl()));
    authority.put("app", 2, "A", NEW);
    authority.put("zero", 0, "A", NEW);
    flip(cache, "app", Type.A, software.expiry(two), NEW);
    flip(cache, "zero", Type.A, software.expiry(none), NEW);
  }

  /// Fact 16.
  @Test
  @Execution(CONCURRENT)
  void aFrozenTtlNeitherDecaysNorForetellsUntilItsLastSeconds()
      throws IOException, InterruptedException {
    Authority authority = authority("app 2 A " + OLD);
    Cache cache = lab.cache(Software.DNSMASQ, authority, "--min-cache-ttl=12", "--max-ttl=4");
    Heard first = cache.ask("app", Type.A);
    assertEquals(2, first.ttl());
    authority.put("app", 2, "A", NEW);
    List<Heard> answers =
        cache.poll("app", Type.A, Instant.now().plusSeconds(20), each -> each.says(NEW));
    List<Heard> old = answers.stream().filter(each -> each.says(OLD)).toList();
    assertEquals(List.of(4L, 3L, 2L, 1L), old.stream().map(Heard::ttl).distinct().toList());
    Duration frozen =
        old.stream()
            .filter(each -> each.ttl() == 4)
            .map(each -> Duration.between(first.sent(), each.sent()))
            .toList()
            .getLast();
    assertTrue(frozen.compareTo(Duration.ofSeconds(7)) > 0, frozen::toString);
    assertFlipped(answers, Software.DNSMASQ.expiry(first, 12), NEW);
  }

  /// Fact 18.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNBOUND  | identity: ""     | 5    | 3600
          NAMED    | prefetch 0;      | 3600 | 5
          RECURSOR | --quiet          | 5    | 3600
          DNSMASQ  | --cache-size=100 | 3600 | 5
          """)
  @Execution(CONCURRENT)
  void whatIsNotThereIsRememberedForTheLesserOfTheTimesOfTheSoa(
      Software software, String option, int soa, int negative)
      throws IOException, InterruptedException {
    Authority authority = authority(soa, negative, "app 300 A " + OLD);
    Cache cache = lab.cache(software, authority, option);
    Heard noName = cache.ask("fresh", Type.A);
    Heard noData = cache.ask("app", Type.AAAA);
    assertEquals(List.of("NXDOMAIN", "NOERROR"), List.of(noName.rcode(), noData.rcode()));
    assertEquals(List.of(5L, 5L), List.of(noName.ttl(), noData.ttl()));
    authority.put("fresh", 5, "A", NEW);
    authority.put("app", 5, "AAAA", "2001:db8::1");
    flip(cache, "fresh", Type.A, software.expiry(noName), NEW);
    flip(cache, "app", Type.AAAA, software.expiry(noData), "2001:db8:0:0:0:0:0:1");
  }

  /// Fact 20.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UNBOUND  | identity: ""
          NAMED    | prefetch 0;
          RECURSOR | --quiet
          """)
  @Execution(CONCURRENT)
  void eachLinkOfAChainExpiresOnItsOwn(Software software, String option)
      throws IOException, InterruptedException {
    Authority authority = authority(chain("a") + chain("b") + chain("c") + "fresh 300 A " + NEW);
    Cache cache = lab.cache(software, authority, option);
    Heard leaf = cache.ask("a-head", Type.A);
    Heard head = cache.ask("b-head", Type.A);
    Heard middle = cache.ask("c-head", Type.A);
    assertEquals(List.of(6L, 9L, 3L), leaf.ttls());
    authority.put("a-leaf", 3, "A", NEW);
    authority.put("b-head", 6, "CNAME", "fresh");
    authority.put("c-mid", 9, "CNAME", "fresh");
    flip(cache, "a-head", Type.A, software.expiry(leaf, 3), NEW);
    flip(cache, "b-head", Type.A, software.expiry(head, 6), NEW);
    flip(cache, "c-head", Type.A, software.expiry(middle, 9), NEW);
  }

  private static String chain(String name) {
    return """
    {name}-head 6 CNAME {name}-mid
    {name}-mid 9 CNAME {name}-leaf
    {name}-leaf 3 A {old}
    """
        .replace("{name}", name)
        .replace("{old}", OLD);
  }

  /// Fact 28.
  @Test
  @Execution(CONCURRENT)
  void aSecondaryThatLagsLetsACacheFetchTheOldOnceMore() throws IOException, InterruptedException {
    int ttl = 2;
    Authority primary = authority("app 2 A 192.0.2.99");
    Authority secondary = lab.lagging(primary);
    Cache cache = lab.cache(Software.UNBOUND, secondary);
    primary.put("app", ttl, "A", OLD);
    cache.until(secondary, "app", OLD);
    Truth changed = primary.put("app", ttl, "A", NEW);
    assertTrue(primary.ask("app", Type.A).says(NEW));
    Heard lagging = secondary.ask("app", Type.A);
    assertTrue(lagging.says(OLD), lagging::toString);

    List<Heard> answers =
        cache.poll("app", Type.A, Instant.now().plusSeconds(20), each -> each.says(NEW));
    assertTrue(answers.getLast().says(NEW), answers::toString);
    long again =
        cache.fetches().stream()
            .filter(each -> each.time().before().isAfter(changed.after()))
            .filter(each -> each.brought(OLD))
            .count();
    assertTrue(again >= 2, () -> "the old was fetched again " + again + " times");
    Duration tail = Duration.between(changed.after(), cache.fetched(NEW).before());
    assertTrue(tail.compareTo(Duration.ofSeconds(6 + ttl + 1)) <= 0, tail::toString);
    assertTrue(tail.compareTo(Duration.ofSeconds(ttl)) > 0, tail::toString);
  }

  /// Asks through the moment at which an entry expires; all answers.
  private static List<Heard> flip(Cache cache, String name, int type, Truth expiry, String expected)
      throws IOException, InterruptedException {
    cache.until(expiry.before().minusMillis(900));
    Instant last = expiry.after().plusSeconds(5);
    List<Heard> answers = cache.poll(name, type, last, each -> each.says(expected));
    assertFlipped(answers, expiry, expected);
    Truth fetched = cache.fetched(expected);
    Heard first = answers.getLast();
    assertTrue(!fetched.before().isAfter(first.received()), () -> fetched + " after " + first);
    return answers;
  }

  private static void assertFlipped(List<Heard> answers, Truth expiry, String expected) {
    Predicate<Heard> isEarly = each -> each.received().isBefore(expiry.before().minus(MARGIN));
    Predicate<Heard> isLate = each -> each.sent().isAfter(expiry.after().plus(MARGIN));
    Predicate<Heard> isNew = each -> each.says(expected);
    List<Heard> wrong =
        answers.stream().filter(isEarly.and(isNew).or(isLate.and(isNew.negate()))).toList();
    assertEquals(List.of(), wrong, () -> "expected at " + expiry);
    assertTrue(isNew.test(answers.getLast()), answers::toString);
  }
}
