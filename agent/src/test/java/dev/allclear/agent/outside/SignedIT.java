package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.dns.Survey;
import dev.allclear.probes.dns.Surveyor;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/// Resolvers that validate a signed zone: they deny names that nobody asked them for, and refuse
/// what is signed no longer.
@Execution(CONCURRENT)
final class SignedIT {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final int NEGATIVE = Boolean.getBoolean("allclear.long") ? 60 : 20;
  private static final Duration LIMIT = Duration.ofSeconds(NEGATIVE + 120);

  private static final String ZONE =
      """
      @ 300 SOA ns1 admin 1 6 5 86400 {negative}
      @ 300 NS ns1
      ns1 300 A 127.0.0.1
      app 5 A 192.0.2.1
      """
          .replace("{negative}", Integer.toString(NEGATIVE));

  private DnsLab lab;

  @BeforeEach
  void open(@TempDir Path folder) {
    lab = new DnsLab(folder);
  }

  @AfterEach
  void close() throws IOException {
    lab.close();
  }

  private Cache validating(Software software, Authority authority)
      throws IOException, InterruptedException {
    String ds = authority.ds();
    if (software == Software.UNBOUND) {
      return lab.cache(
          software,
          authority,
          "module-config: \"validator iterator\"",
          "trust-anchor: \"%s\"".formatted(ds));
    }
    return lab.cache(software, authority, "prefetch 0;", "dnssec-validation yes;", anchor(ds));
  }

  /// BIND's `DS` without the end of a file's line.
  private static String anchor(String ds) {
    String[] words = ds.replaceFirst(".*\\sDS\\s+", "").split("\\s+", 4);
    return "}; trust-anchors { fo.test. static-ds %s %s %s \"%s\"; "
        .formatted(words[0], words[1], words[2], words[3].replace(" ", ""));
  }

  private static Heard with(Cache cache, int flag) throws IOException {
    Message question = Heard.question("app", Type.A);
    question.getHeader().setFlag(flag);
    return Heard.from(cache.port(), question);
  }

  /// S8. The name was never asked for here, and is denied all the same.
  @ParameterizedTest
  @EnumSource(names = {"UNBOUND", "NAMED"})
  void aNeverAskedNameOfASignedZoneMayBeDeniedAndIsWarnedOf(Software software)
      throws IOException, InterruptedException {
    Authority authority = lab.authority(ZONE, "dnssec-signing: on", "dnssec-policy: quick");
    Cache cache = validating(software, authority);
    Tap front = lab.front(cache);
    Subject fresh =
        Watched.subject(
            "bbc",
            "A",
            List.of("knot " + authority.address()),
            List.of("cache " + front.address()));
    assertTrue(with(cache, Flags.AD).has(Flags.AD));
    try (Watched watched = Watched.start(List.of(fresh))) {
      News.Deniable warned =
          (News.Deniable) watched.await(fresh, LIMIT, News.Deniable.class::isInstance).news();
      assertEquals(new News.Deniable("fo.test", NEGATIVE), warned);
      assertEquals(List.of(), front.fetches());
      Heard another = cache.ask("bbb", Type.A);
      assertEquals("NXDOMAIN", another.rcode());
      Truth made = authority.put("bbc", 5, "A", NEW);
      Spread spread = watched.converged(fresh, LIMIT);
      assertFalse(front.fetches().getFirst().time().before().isBefore(made.before()));
      Truth fetched = cache.fetched(NEW, Watched.heard(spread, "cache"));
      Instant denied = another.sent().plusSeconds(NEGATIVE - 2);
      assertFalse(
          fetched.after().isBefore(denied),
          () -> "it was not denied: " + made + fetched + Watched.looks(spread));
      Bounds flip = Objects.requireNonNull(Watched.flip(spread, "cache").bounds());
      assertTrue(
          flip.earliest().wall().minus(LEAST).isBefore(fetched.after())
              && !flip.latest().wall().plus(LEAST).isBefore(fetched.before()),
          () -> flip + " does not contain " + fetched + Watched.looks(spread));
      Instant worst = another.received().plusSeconds(NEGATIVE + 2);
      assertTrue(
          Watched.endpoint(spread, "cache").whole().seen().stream()
              .noneMatch(look -> look.said() == Said.OLD && look.sent().wall().isAfter(worst)),
          () -> "after " + worst + Watched.looks(spread));
    }
  }

  /// S8. What would be answered unchecked tells why nothing is.
  @ParameterizedTest
  @EnumSource(names = {"UNBOUND", "NAMED"})
  void signaturesThatEndedAreNamedByWhatIsSaidUnchecked(Software software)
      throws IOException, InterruptedException {
    Authority authority = lab.expired(ZONE);
    Cache cache = validating(software, authority);
    SystemClock clock = new SystemClock(0);
    try (Wire wire = Wire.open(clock)) {
      Server known = Server.parse("knot", authority.address()).asAuthority();
      Server resolver = Server.parse("cache", cache.address());
      Survey survey =
          new Surveyor(List.of(known, resolver), List.of(), Duration.ofSeconds(60), wire)
              .ask(List.of(new Question("app.fo.test", "A")));
      String findings = String.join("; ", survey.findings());
      assertTrue(
          findings.contains("because DNSSEC validation fails there; unchecked it says " + OLD),
          findings);
    }
  }
}
