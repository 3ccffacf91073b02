package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What only some scenarios need of the lab is there: signed zones, delegations, subnets,
/// balancers, authorities that fail, are cut off, die and come back.
final class DnsLabPartsIT {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";
  private static final int SIGNATURE_INVALID = 9;

  private static final String ZONE =
      """
      @ 300 SOA ns1 admin 1 6 5 86400 20
      @ 60 NS ns1
      @ 60 NS ns2
      ns1 300 A 127.0.0.17
      ns2 300 A 127.0.0.18
      app 2 A 192.0.2.1
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

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static List<Heard> until(Cache cache, String name, String data)
      throws IOException, InterruptedException {
    List<Heard> answers =
        cache.poll(name, Type.A, Instant.now().plus(LIMIT), each -> each.says(data));
    assertTrue(answers.getLast().says(data), answers::toString);
    return answers;
  }

  /// Fact 19.
  @Test
  @Execution(CONCURRENT)
  void aSignedZoneIsValidatedAndDeniesNamesNeverAskedFor()
      throws IOException, InterruptedException {
    Authority authority = lab.authority(ZONE, "dnssec-signing: on", "dnssec-policy: quick");
    Cache cache = validating(authority);
    Heard good = Heard.from(cache.port(), with(Flags.AD));
    assertTrue(good.says(OLD) && good.has(Flags.AD), good::toString);
    assertEquals("NXDOMAIN", cache.ask("bbb", Type.A).rcode());
    authority.put("bbc", 5, "A", NEW);
    Heard denied = cache.ask("bbc", Type.A);
    assertEquals("NXDOMAIN", denied.rcode(), denied::toString);
  }

  /// Fact 30.
  @Test
  @Execution(CONCURRENT)
  void signaturesThatExpiredFailUnlessCheckingIsDisabled()
      throws IOException, InterruptedException {
    Authority authority = lab.expired(ZONE);
    Cache cache = validating(authority);
    Heard failed = cache.ask("app", Type.A);
    assertEquals("SERVFAIL", failed.rcode());
    assertEquals(Set.of(SIGNATURE_INVALID), failed.errors());
    Heard passed = Heard.from(cache.port(), with(Flags.CD));
    assertTrue(passed.says(OLD), passed::toString);
  }

  private static Message with(int flag) throws IOException {
    Message question = Heard.question("app", Type.A);
    question.getHeader().setFlag(flag);
    return question;
  }

  private Cache validating(Authority authority) throws IOException, InterruptedException {
    return lab.cache(
        Software.UNBOUND,
        authority,
        "module-config: \"validator iterator\"",
        "trust-anchor: \"%s\"".formatted(authority.ds()));
  }

  /// Fact 29.
  @Test
  @Execution(CONCURRENT)
  void aMoveToOtherNameserversTakesAsLongAsTheParentSays()
      throws IOException, InterruptedException {
    Authority root =
        lab.root(
            """
            . 300 SOA root. admin. 1 15 5 86400 20
            . 300 NS root.
            root. 300 A 127.0.0.16
            fo.test. 8 NS ns1.fo.test.
            ns1.fo.test. 8 A 127.0.0.17
            ns2.fo.test. 8 A 127.0.0.18
            """);
    Authority from = lab.authority(ZONE.replace("@ 60 NS ns2\n", ""));
    Authority to = lab.authority(ZONE.replace("@ 60 NS ns1\n", "").replace(OLD, NEW));
    Cache cache = lab.iterating(List.of(root, from, to), "prefetch 0;");
    Heard warm = cache.ask("app", Type.A);
    assertTrue(warm.says(OLD), warm::toString);
    root.put("fo.test.", 8, "NS", "ns2.fo.test.");
    List<Heard> answers = until(cache, "app", NEW);
    Instant earliest = warm.sent().plusSeconds(6);
    assertTrue(answers.getLast().received().isAfter(earliest), answers::toString);
    Instant latest = warm.received().plusSeconds(8 + 2 + 1);
    assertTrue(
        answers.stream().noneMatch(each -> each.says(OLD) && each.sent().isAfter(latest)),
        answers::toString);
  }

  /// Fact 21.
  @Test
  @Execution(CONCURRENT)
  void aBalancerHasAsManyCachesAsItShowsNames() throws IOException, InterruptedException {
    Authority authority = lab.authority(ZONE);
    int[] caches = new int[3];
    for (int i = 0; i < caches.length; i++) {
      caches[i] = lab.cache(Software.UNBOUND, authority).port();
    }
    Cache balancer = lab.cache(Software.DNSDIST, caches, "setServerPolicy(roundrobin)");
    Set<String> names = new TreeSet<>();
    for (int i = 0; i < 9; i++) {
      names.add(balancer.ask("app", Type.A).nsid());
    }
    assertEquals(3, names.size(), names::toString);
  }

  /// Fact 31.
  @Test
  @Execution(CONCURRENT)
  void subnetsAreCachedEachForItself() throws IOException, InterruptedException {
    Misbehaving authority = lab.misbehaving();
    authority.answerBySubnet(20, 24);
    Cache cache =
        lab.cache(
            Software.UNBOUND,
            new int[] {authority.port()},
            "module-config: \"subnetcache iterator\"",
            "send-client-subnet: 127.0.0.1",
            "client-subnet-always-forward: yes");
    assertTrue(from(cache, "192.0.7.0").says("198.51.100.7"));
    assertTrue(from(cache, "192.0.8.0").says("198.51.100.8"));
    authority.answerBySubnet(20, 24, "203.0.113");
    assertTrue(from(cache, "192.0.7.0").says("198.51.100.7"));
    assertTrue(from(cache, "192.0.8.0").says("198.51.100.8"));
    assertTrue(from(cache, "192.0.9.0").says("203.0.113.9"));
  }

  private static Heard from(Cache cache, String subnet) throws IOException {
    Message question = Heard.question("app", Type.A);
    question.removeAllRecords(Section.ADDITIONAL);
    ClientSubnetOption option = new ClientSubnetOption(24, InetAddress.getByName(subnet));
    question.addRecord(Dns.edns(option), Section.ADDITIONAL);
    return Heard.from(cache.port(), question);
  }

  /// Fact 27.
  @Test
  @Execution(CONCURRENT)
  void anAuthorityThatFailsTruncatesOrIsSilentDoesSoToItsCaches()
      throws IOException, InterruptedException {
    Misbehaving authority = lab.misbehaving();
    authority.fail();
    Cache cache = lab.cache(Software.RECURSOR, new int[] {authority.port()});
    assertEquals("SERVFAIL", cache.ask("failing", Type.A).rcode());
    authority.truncate(5, NEW);
    assertTrue(Heard.from(authority.port(), "long", Type.A).has(Flags.TC));
    assertTrue(cache.ask("long", Type.A).says(NEW));
    authority.drop();
    assertEquals("SERVFAIL", cache.ask("silent", Type.A).rcode());
  }

  /// Facts 9 and 12.
  @Test
  @Execution(CONCURRENT)
  void anAuthorityIsCutOffDiesAndComesBack() throws IOException, InterruptedException {
    Authority authority = lab.authority(ZONE);
    Cache cache = lab.cache(Software.DNSMASQ, authority, "--use-stale-cache=3600");
    Heard warm = cache.ask("app", Type.A);
    cache.cut(true);
    authority.put("app", 2, "A", NEW);
    // In the first second it says 0 without an error.
    cache.until(Software.DNSMASQ.expiry(warm).after().plusMillis(1500));
    Heard stale = cache.ask("app", Type.A);
    assertEquals(List.of(0L), stale.ttls(), stale::toString);
    assertEquals(Set.of(3), stale.errors());
    authority.kill();
    cache.cut(false);
    assertTrue(cache.ask("app", Type.A).says(OLD));
    authority.startAgain();
    assertTrue(authority.ask("app", Type.A).says(NEW));
    until(cache, "app", NEW);
  }

  @Test
  @Execution(CONCURRENT)
  void usersKeepACacheWarm() throws IOException, InterruptedException {
    Authority authority = lab.authority(ZONE);
    Cache cache = lab.cache(Software.UNBOUND, authority);
    Users users = lab.users(cache, "app", Type.A, Duration.ofMillis(100));
    cache.until("they ask", () -> users.answers().size() > 10);
    authority.put("app", 2, "A", NEW);
    cache.until("they hear of it", () -> users.answers().getLast().says(NEW));
    Heard last = users.answers().getLast();
    assertTrue(cache.fetched(NEW).before().isBefore(last.received()));
  }

  @Test
  @Execution(CONCURRENT)
  void theSameCacheAnswersOverTlsAndHttps()
      throws GeneralSecurityException, IOException, InterruptedException {
    Authority authority = lab.authority(ZONE.replace("app 2", "app 300"));
    Cache cache = lab.cache(Software.UNBOUND_ENCRYPTED, authority);
    Trusted trusted = Trusted.by(cache.file("certificate.pem"));
    assertTrue(trusted.overTls(cache.port() + 1, "app", Type.A).says(OLD));
    authority.put("app", 300, "A", NEW);
    assertTrue(trusted.overHttps(cache.port() + 2, "app", Type.A).says(OLD));
    assertTrue(cache.ask("app", Type.A).says(OLD));
  }
}
