package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String HEAD =
      """
      @ {soa} SOA ns1 admin 1 {refresh} 5 86400 {negative}
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
    return lab.authority(head(soa, negative, 6) + records);
  }

  private static String head(int soa, int negative, int refresh) {
    return HEAD.replace("{soa}", Integer.toString(soa))
        .replace("{refresh}", Integer.toString(refresh))
        .replace("{negative}", Integer.toString(negative));
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
    assertTrue(warm.isFresh(5), warm::toString);
    authority.put("app", 5, "A", NEW);
    Truth expiry = software.expiry(warm);
    assertCountsDown(software, flip(cache, "app", Type.A, expiry, NEW), expiry, 5);
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
    List<Heard> next = cache.poll("app", Type.A, Instant.now().plus(LIMIT), each -> each.says(NEW));
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
    assertTrue(two.isFresh(6) && none.isFresh(6), () -> two + " " + none);
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
        cache.poll("app", Type.A, Instant.now().plus(LIMIT), each -> each.says(NEW));
    Truth expiry = Software.DNSMASQ.expiry(first, 12);
    assertCountsDown(Software.DNSMASQ, answers, expiry, 4);
    assertFlipped(answers, expiry, NEW);
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
    assertTrue(noName.isFresh(5) && noData.isFresh(5), () -> noName + " " + noData);
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
    for (Heard each : List.of(leaf, head, middle)) {
      assertTrue(each.isFresh(List.of(6L, 9L, 3L)), each::toString);
    }
    authority.put("a-leaf", 3, "A", NEW);
    authority.put("b-head", 6, "CNAME", "fresh");
    authority.put("c-mid", 9, "CNAME", "fresh");
    flip(cache, "a-head", Type.A, software.expiry(leaf, leaf.ttls().get(2)), NEW);
    flip(cache, "b-head", Type.A, software.expiry(head, head.ttls().get(0)), NEW);
    flip(cache, "c-head", Type.A, software.expiry(middle, middle.ttls().get(1)), NEW);
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
    Authority primary = lab.authority(head(300, 20, 20) + "app 2 A 192.0.2.99");
    Authority secondary = lab.lagging(primary);
    Cache cache = lab.cache(Software.UNBOUND, secondary);
    primary.put("app", ttl, "A", OLD);
    cache.until(secondary, "app", OLD);
    assertTrue(cache.ask("app", Type.A).says(OLD));
    Truth changed = primary.put("app", ttl, "A", NEW);
    assertTrue(primary.ask("app", Type.A).says(NEW));
    Heard lagging = secondary.ask("app", Type.A);
    assertTrue(lagging.says(OLD), lagging::toString);

    Instant last = Instant.now().plus(LIMIT);
    List<Heard> answers = new ArrayList<>();
    Heard synced = lagging;
    do {
      answers.addAll(cache.poll("app", Type.A, Instant.now(), each -> each.says(NEW)));
      synced = synced.says(NEW) ? synced : secondary.ask("app", Type.A);
      cache.until(Instant.now().plusMillis(20));
    } while (!answers.getLast().says(NEW) && Instant.now().isBefore(last));
    assertTrue(answers.getLast().says(NEW), answers::toString);
    assertTrue(
        cache.fetches().stream()
            .filter(each -> each.time().before().isAfter(changed.after()))
            .anyMatch(each -> each.brought(OLD)),
        answers::toString);
    Instant worst = synced.received().plusSeconds(ttl + 1).plus(MARGIN);
    for (int i = 0; i < answers.size(); i++) {
      assertFalse(answers.get(i).says(OLD) && after(answers, i).isAfter(worst), worst::toString);
    }
    assertFalse(cache.fetched(NEW).before().isBefore(lagging.sent()), answers::toString);
  }

  /// Asks through the moment at which an entry expires; all answers.
  private static List<Heard> flip(Cache cache, String name, int type, Truth expiry, String expected)
      throws IOException, InterruptedException {
    cache.until(expiry.before().minusMillis(900));
    Instant last = expiry.after().plus(LIMIT);
    List<Heard> answers = cache.poll(name, type, last, each -> each.says(expected));
    assertFlipped(answers, expiry, expected);
    Truth fetched = cache.fetched(expected);
    Heard first = answers.getLast();
    assertTrue(!fetched.before().isAfter(first.received()), () -> fetched + " after " + first);
    return answers;
  }

  private static void assertFlipped(List<Heard> answers, Truth expiry, String expected) {
    for (int i = 0; i < answers.size(); i++) {
      Heard heard = answers.get(i);
      boolean isEarly = heard.received().isBefore(expiry.before().minus(MARGIN));
      boolean isLate = after(answers, i).isAfter(expiry.after().plus(MARGIN));
      assertFalse(heard.says(expected) ? isEarly : isLate, () -> heard + ", expected at " + expiry);
    }
    assertTrue(answers.getLast().says(expected), answers::toString);
  }

  /// Every old answer but one that was passed on shows what was left of the entry by then, at most
  /// a ceiling.
  private static void assertCountsDown(
      Software software, List<Heard> answers, Truth expiry, long ceiling) {
    for (int i = 0; i < answers.size(); i++) {
      Heard heard = answers.get(i);
      Instant after = after(answers, i);
      assertTrue(
          !heard.says(OLD) || software.shows(heard, after, expiry, ceiling),
          () -> heard + " after " + after + ", of what ends at " + expiry);
    }
  }

  /// No earlier did the cache read its clock for this answer: it may read on without looking at the
  /// clock again.
  private static Instant after(List<Heard> answers, int answer) {
    return answers.get(Math.max(0, answer - 1)).sent();
  }
}
