package dev.allclear.agent.cli;

import static dev.allclear.agent.cli.Past.at;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.probes.Figures;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Delegation;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Survey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DnsObjectiveTest {
  private static final Question SHOP = new Question("shop.test", "A");
  private static final Duration RTO = Duration.ofMinutes(2);
  private static final DnsGoal PLAIN = new DnsGoal(RTO, false, null);

  @Test
  void judgesWhatIsPublishedWhereNothingOlderIsHeld() {
    assertEquals(
        List.of(
            "worst case: 31s after the authorities change no cache that obeys holds the old answer;"
                + " shop.test A decides (30s)",
            "feasible: an RTO of 2m leaves 1m29s for detection, decision and connecting"),
        of(PLAIN, null, List.of(), answer("ns1", true, 30), answer("9.9.9.9", false, 12))
            .sentences());
  }

  @Test
  void whatACacheStillHoldsCountsUntilItIsNoMoreThanPublished() {
    assertEquals(
        List.of(
            "worst case: 4m51s after the authorities change no cache that obeys holds the old"
                + " answer; the entry at 9.9.9.9 decides (4m50s)",
            "as published it would be 31s, but older entries last longer; ready at "
                + Figures.clock(at(8 + 260_000))
                + " or later, as far as the caches asked show (--ttl-before tells more)",
            "feasible for 41 %: an RTO of 2m is missed by up to 2m51s; a TTL of 119s or less would"
                + " do"),
        of(PLAIN, null, List.of(), answer("ns1", true, 30), answer("9.9.9.9", false, 290))
            .sentences());
  }

  @Test
  void aTtlFromBeforeCountsAtCachesThatNobodyAsked() {
    DnsObjective objective =
        of(
            new DnsGoal(RTO, false, Duration.ofMinutes(5)),
            null,
            List.of(),
            answer("ns1", true, 30));
    assertEquals(
        List.of(
            "worst case: 5m1s after the authorities change no cache that obeys holds the old"
                + " answer; shop.test A decides (5m)",
            "as published it would be 31s, but older entries last longer; ready at "
                + Figures.clock(at(10 + 270_000)),
            "feasible for 40 %: an RTO of 2m is missed by up to 3m01s; a TTL of 119s or less would"
                + " do"),
        objective.sentences());
    assertEquals(Duration.ofSeconds(181), objective.missing());
  }

  @Test
  void aDenialIsJudgedByItsNegativeTtl() {
    Heard.Negative negative = new Heard.Negative("shop.test", Duration.ofSeconds(20), 1);
    Heard heard =
        new Heard(
            "shop.test A",
            List.of(),
            List.of("aa"),
            List.of(),
            "",
            negative,
            null,
            Heard.Carriage.UNKNOWN);
    Reply denied =
        new Reply.Dns(
            "ns1", true, "NXDOMAIN", List.of(), Duration.ZERO, Duration.ofMillis(8), heard);
    DnsObjective objective =
        of(
            new DnsGoal(Duration.ofSeconds(10), false, null),
            null,
            List.of(),
            new StepRun("ns1", at(0), at(8), Outcome.pass(), denied));
    assertFalse(objective.isFeasible());
    assertEquals(
        List.of(
            "worst case: 21s after the authorities change no cache that obeys holds the old answer;"
                + " the denial of shop.test decides (20s)",
            "feasible for 50 %: an RTO of 10s is missed by up to 11s; a TTL of 9s or less would do"),
        objective.sentences());
  }

  @Test
  void saysForHowLongANewNameMayBeDenied() {
    Heard.Line soa =
        new Heard.Line("shop.test", "SOA", Duration.ofMinutes(5), "ns1. admin. 7 15 5 86400 20");
    assertEquals(
        "a name that the failover creates may be denied for 20s more, where it was asked for before",
        of(PLAIN, null, List.of(step("ns1", true, soa)), answer("ns1", true, 30))
            .sentences()
            .getLast());
  }

  @Test
  void aMoveCountsWhatTheParentSaysToo() {
    DnsGoal move = new DnsGoal(RTO, true, null);
    assertEquals(
        List.of(
            "worst case: 1h31s after the authorities change no cache that obeys holds the old"
                + " answer; delegation decides (1h30s)",
            "feasible for 3 %: an RTO of 2m is missed by up to 58m31s; a TTL of 119s or less would"
                + " do"),
        of(move, delegation("a.test"), List.of(), answer("ns1", true, 30)).sentences());
    assertEquals(
        "--move counts what the parent zone says, and none was met on the way; try --from-root",
        assertThrows(
                IllegalArgumentException.class,
                () -> of(move, delegation(""), List.of(), answer("ns1", true, 30)))
            .getMessage());
  }

  @Test
  void judgesNothingWhereNobodyAnswers() {
    StepRun silent =
        new StepRun("ns1", at(0), at(8), Outcome.inconclusive("interrupted"), Reply.nothing());
    assertNull(DnsObjective.of(survey(null, List.of(), silent), PLAIN, at(10)));
  }

  private static Delegation delegation(String by) {
    Heard.Line ns = new Heard.Line("shop.test", "NS", Duration.ofHours(1), "ns1.shop.test.");
    return new Delegation(
        "shop.test",
        by,
        List.of(ns),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static StepRun answer(String server, boolean authority, int ttl) {
    Heard.Line line = new Heard.Line("shop.test", "A", Duration.ofSeconds(ttl), "192.0.2.1");
    return step(server, authority, line);
  }

  private static StepRun step(String server, boolean authority, Heard.Line line) {
    Heard heard =
        new Heard(
            "shop.test A",
            List.of(line),
            List.of(),
            List.of(),
            "",
            null,
            null,
            Heard.Carriage.UNKNOWN);
    Reply reply =
        new Reply.Dns(
            server,
            authority,
            "NOERROR",
            List.of(line.data()),
            line.ttl(),
            Duration.ofMillis(8),
            heard);
    return new StepRun(server, at(0), at(8), Outcome.pass(), reply);
  }

  private static DnsObjective of(
      DnsGoal goal, @Nullable Delegation delegation, List<StepRun> zones, StepRun... steps) {
    return requireNonNull(DnsObjective.of(survey(delegation, zones, steps), goal, at(10)));
  }

  private static Survey survey(
      @Nullable Delegation delegation, List<StepRun> zones, StepRun... steps) {
    return new Survey(
        List.of(new Survey.Answers(SHOP, List.of(steps), Outcome.pass())),
        zones,
        Map.of(),
        Set.of(),
        delegation,
        List.of());
  }
}
