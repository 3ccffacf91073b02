package dev.allclear.agent;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.ledger.LastProofs;
import dev.allclear.agent.ledger.Pulse;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.propagation.Past;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.readiness.TtlHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ResumeTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Cell BANK = new Cell("bank", Cell.GLOBAL);
  private static final Bounds PASS = Bounds.between(at(10), at(11));
  private static final Bounds FAIL = Bounds.between(at(20), at(21));
  private static final Event DETECTED =
      new Event.Detected(
          at(22),
          "shop-1",
          Bounds.between(at(10), at(21)),
          Set.of("detect"),
          "detect",
          Cause.STATUS,
          "status 503",
          new Rto(Duration.ofMinutes(2), Rto.From.ONSET));

  private static Moment at(long second) {
    return new Moment(
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second), second * 1_000_000_000, 1);
  }

  private static Health unknown(Cell cell) {
    return Health.unknown(cell, Map.of("detect", Depth.SHALLOW));
  }

  @Test
  void aFreshLedgerLeavesEverythingUnknown() {
    Resume resume = new Resume(List.of(), Optional.empty());
    assertEquals(unknown(SHOP), resume.health(unknown(SHOP)));
    assertEquals(Optional.empty(), resume.blind(at(99)));
  }

  @Test
  void theOutageThatWasOpenGoesOn() {
    Resume resume = new Resume(List.of(new Change(SHOP, DETECTED)), Optional.empty());
    Health health = resume.health(unknown(SHOP));
    assertEquals("down", health.state().label());
    assertEquals("shop-1", Objects.requireNonNull(health.incident()).id());
  }

  @Test
  void anotherCellsOutageIsNotTakenOver() {
    Resume resume = new Resume(List.of(new Change(SHOP, DETECTED)), Optional.empty());
    assertEquals("unknown", resume.health(unknown(BANK)).state().label());
  }

  @Test
  void theLastEvidenceOfEachProbeIsKept() {
    Pulse pulse = new Pulse(at(25), List.of(new LastProofs(SHOP, "detect", PASS, FAIL)));
    Health health = new Resume(List.of(), Optional.of(pulse)).health(unknown(SHOP));
    assertEquals(PASS, Objects.requireNonNull(health.tracks().get("detect")).lastPass());
    assertEquals(FAIL, Objects.requireNonNull(health.tracks().get("detect")).lastFail());
  }

  @Test
  void theSpreadOfAChangeGoesOn() {
    Bounds change = Bounds.between(at(30), at(31));
    Bounds flip = Bounds.between(at(33), at(34));
    Bounds eta = Bounds.between(at(50), at(52));
    List<String> old = List.of("192.0.2.1");
    List<String> now = List.of("192.0.2.2");
    List<Event> events =
        List.of(
            new Event.DnsTtl(at(1), "a.example", "a.example A", 60),
            new Event.DnsTtl(at(20), "a.example", "a.example A", 30),
            new Event.DnsChanged(at(31), "a.example", change, old, now),
            new Event.DnsPublished(at(31), "a.example", "ns", change),
            new Event.DnsForetold(at(32), "a.example", eta, "s", "a.example A", true, List.of("t")),
            new Event.DnsFlipped(at(34), "a.example", "r", "", flip),
            new Event.DnsFlipped(at(34), "a.example", "s", "one", flip),
            new Event.DnsReverted(at(35), "a.example", "s", "one"),
            new Event.DnsTtl(at(36), "a.example", "a.example A", 300));
    Past past = requireNonNull(resume(events).past(Set.of(SHOP, BANK), "a.example"));
    assertEquals(
        new Past(
            change,
            old,
            now,
            30,
            Map.of("ns", change),
            Map.of("r", Map.of("", flip), "s", Map.of()),
            eta),
        past);
    TtlHistory ttls =
        requireNonNull(resume(events).ttls(Set.of(SHOP), "a.example").get("a.example A"));
    assertEquals(300, ttls.published());
    assertEquals(3, ttls.terms().size());
    assertNull(resume(events).past(Set.of(SHOP), "b.example"));
  }

  @Test
  void aChangeThatWasEverywhereIsOver() {
    Bounds change = Bounds.between(at(30), at(31));
    Event changed = new Event.DnsChanged(at(31), "a.example", change, List.of(), List.of("x"));
    Event converged = new Event.DnsConverged(at(40), "a.example", change);
    assertNull(resume(List.of(changed, converged)).past(Set.of(SHOP), "a.example"));
  }

  private static Resume resume(List<Event> events) {
    List<Change> changes =
        events.stream()
            .flatMap(event -> Stream.of(new Change(SHOP, event), new Change(BANK, event)))
            .toList();
    return new Resume(changes, Optional.empty());
  }

  @Test
  void evidenceOfAProbeThatIsGoneIsDropped() {
    Pulse pulse = new Pulse(at(25), List.of(new LastProofs(SHOP, "gone", PASS, FAIL)));
    Health health = new Resume(List.of(), Optional.of(pulse)).health(unknown(SHOP));
    assertEquals(Set.of("detect"), health.tracks().keySet());
  }

  @Test
  void blindFromTheLastSignOfLife() {
    List<Change> changes = List.of(new Change(SHOP, DETECTED));
    Pulse pulse = new Pulse(at(25), List.of());
    Moment now = new Moment(at(90).wall(), 5, 2);
    assertEquals(
        Optional.of(new Event.Blind(now, at(25), "agent not running")),
        new Resume(changes, Optional.of(pulse)).blind(now));
    assertEquals(
        Optional.of(new Event.Blind(now, at(22), "agent not running")),
        new Resume(changes, Optional.of(new Pulse(at(5), List.of()))).blind(now));
  }

  @Test
  void aWallClockThatWasSetMeanwhileIsTold() {
    Resume resume = new Resume(List.of(), Optional.of(new Pulse(at(25), List.of())));
    Moment set = new Moment(at(90 - 3600).wall(), at(90).nanos(), 1);
    assertEquals(Optional.of(new Event.ClockSet(set, Duration.ofHours(-1))), resume.clockSet(set));
    assertEquals(Optional.empty(), resume.clockSet(at(90)));
    assertEquals(
        Optional.empty(),
        resume.clockSet(new Moment(at(90 - 3600).wall(), 5, 2)),
        "after a start of the machine nobody can tell");
    assertEquals(
        Optional.empty(),
        resume.clockSet(new Moment(at(86_425).wall().plusSeconds(50), at(86_425).nanos(), 1)),
        "slewed within a day");
  }

  @Test
  void aWallClockSetBackMakesNoNegativeGap() {
    Moment earlier = new Moment(at(1).wall(), 5, 2);
    Resume resume = new Resume(List.of(new Change(SHOP, DETECTED)), Optional.empty());
    Event blind = resume.blind(earlier).orElseThrow();
    Health health = resume.health(unknown(SHOP)).after(blind);
    assertTrue(Objects.requireNonNull(health.incident()).unobserved().isZero());
  }
}
