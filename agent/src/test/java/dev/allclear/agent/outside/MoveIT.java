package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.dns.Delegation;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.dns.Survey;
import dev.allclear.probes.dns.Surveyor;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Move;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Verdict;
import dev.allclear.probes.propagation.Wanted;
import dev.allclear.probes.readiness.Delay;
import dev.allclear.probes.readiness.Readiness;
import dev.allclear.probes.readiness.TtlHistory;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.xbill.DNS.Type;

/// A move to other nameservers takes as long as the delegation that caches hold, which is named as
/// the limit before it is made and while it spreads.
@Execution(CONCURRENT)
final class MoveIT {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";
  private static final int TTL = 4;
  private static final int DELEGATION = Boolean.getBoolean("allclear.long") ? 60 : 16;
  private static final String LIMIT = "fo.test NS at its parent";

  private static final String ROOT =
      """
      . 300 SOA root. admin. 1 15 5 86400 20
      . 300 NS root.
      root. 300 A 127.0.0.16
      test. 300 NS root.
      """;

  private static final String PARENT =
      """
      test. 300 SOA root. admin.test. 1 15 5 86400 20
      test. 300 NS root.
      fo.test. {ttl} NS ns1.fo.test.
      ns1.fo.test. {ttl} A 127.0.0.17
      ns2.fo.test. {ttl} A 127.0.0.18
      """
          .replace("{ttl}", Integer.toString(DELEGATION));

  private static final String ZONE =
      """
      @ 300 SOA {ns} admin 1 6 5 86400 20
      @ 8 NS {ns}
      ns1 300 A 127.0.0.17
      ns2 300 A 127.0.0.18
      app {ttl} A {address}
      """
          .replace("{ttl}", Integer.toString(TTL));

  private static String zone(String ns, String address) {
    return ZONE.replace("{ns}", ns).replace("{address}", address);
  }

  private static Delegation delegation(Cache cache) {
    SystemClock clock = new SystemClock(0);
    Server resolver = Server.parse("cache", cache.address());
    try (Wire wire = Wire.open(clock)) {
      Survey survey =
          new Surveyor(List.of(resolver), List.of(), Duration.ofSeconds(60), wire)
              .askAuthorities(List.of(new Question("app.fo.test", "A")), cache.authorityPort());
      return Objects.requireNonNull(survey.delegation(), survey::toString);
    }
  }

  /// S12.
  @Test
  void theParentsTtlIsTheLimit(@TempDir Path folder) throws IOException, InterruptedException {
    try (DnsLab lab = new DnsLab(folder)) {
      Authority parent = lab.parent(ROOT, PARENT);
      Authority from = lab.authority(zone("ns1", OLD));
      Authority to = lab.authority(zone("ns2", NEW));
      Cache cache = lab.iterating(List.of(parent, from, to), "prefetch 0;");
      Move move = delegation(cache).asMove();
      assertEquals(new Move(LIMIT, Duration.ofSeconds(DELEGATION)), move);
      assertEquals(new Delay("delegation", Duration.ofSeconds(DELEGATION + TTL)), limit(move));

      Instant warm = cache.ask("app", Type.A).sent();
      Truth moved = parent.put("fo.test.", DELEGATION, "NS", "ns2.fo.test.");
      Subject subject =
          Watched.subject(
                  "app",
                  "A",
                  new Wanted.Exactly(Set.of(NEW)),
                  List.of("new " + to.address()),
                  List.of("cache " + cache.address()))
              .moving(move);
      try (Watched watched = Watched.start(List.of(subject))) {
        Spread spread = watched.converged(subject, Duration.ofSeconds(DELEGATION + 120));
        Truth fetched = cache.fetched(NEW, Watched.heard(spread, "cache"));
        Bounds flip = Objects.requireNonNull(Watched.flip(spread, "cache").bounds());
        assertTrue(
            flip.earliest().wall().isBefore(fetched.after())
                && !flip.latest().wall().plusMillis(1).isBefore(fetched.before()),
            () -> flip + " does not contain " + fetched + Watched.looks(spread));
        assertTrue(
            Duration.between(warm, fetched.before()).toSeconds() >= DELEGATION - TTL - 2,
            () -> warm + " to " + fetched);
        Eta eta = foretold(watched, subject);
        assertEquals(LIMIT, Objects.requireNonNull(eta.limit()).link());
        Bounds last = Objects.requireNonNull(eta.last());
        Duration late = watched.late(spread);
        assertFalse(last.latest().wall().plus(late).isBefore(fetched.before()), last::toString);
        Instant worst = moved.after().plusSeconds(DELEGATION + TTL + 4).plus(late);
        assertFalse(worst.isBefore(last.latest().wall()), () -> last + " after " + worst);
        assertFalse(
            spread.verdicts(Watched.endpoint(spread, "cache")).stream()
                .anyMatch(
                    each -> each instanceof Verdict.Floor || each instanceof Verdict.StaleFirst));
      }
    }
  }

  private static Delay limit(Move move) {
    SystemClock clock = new SystemClock(0);
    TtlHistory record = TtlHistory.of("app.fo.test A", TTL, clock.now());
    return new Readiness(List.of(record), null, move.ttl(), Map.of(), Duration.ZERO)
        .limit(clock.now());
  }

  private static Eta foretold(Watched watched, Subject subject) throws InterruptedException {
    Duration limit = Duration.ofMinutes(1);
    return ((News.Foretold) watched.await(subject, limit, News.Foretold.class::isInstance).news())
        .eta();
  }
}
