package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.ledger.LastProofs;
import dev.allclear.agent.ledger.Pulse;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Rto;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.dns.DnsProbe;
import dev.allclear.probes.dns.Propagation;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.dns.Surveyor;
import dev.allclear.probes.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ResumeTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Cell BANK = new Cell("bank", Cell.GLOBAL);
  private static final DnsProbe LOOKUP =
      new DnsProbe(
          "a.example",
          List.of(new Question("a.example", "A")),
          new Surveyor(
              List.of(
                  Server.parse("ns", "192.0.2.53").asAuthority(),
                  Server.parse("r", "192.0.2.9"),
                  Server.parse("s", "192.0.2.10")),
              List.of(),
              Duration.ofSeconds(1),
              Wire.open(() -> at(0))),
          0,
          () -> at(0));

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
    List<String> old = List.of("192.0.2.1");
    List<String> now = List.of("192.0.2.2");
    Change changed = new Change(SHOP, new Event.DnsChanged(at(31), "a.example", change, old, now));
    Change flipped = new Change(SHOP, new Event.DnsFlipped(at(34), "a.example", "r", flip));
    Change converged = new Change(SHOP, new Event.DnsConverged(at(40), "a.example", flip));

    Propagation open = spread(List.of(changed, flipped));
    assertEquals(flip, open.flip("r"));
    assertEquals(null, open.flip("s"));
    assertEquals(Propagation.of(LOOKUP.servers()), spread(List.of(changed, flipped, converged)));
  }

  private static Propagation spread(List<Change> changes) {
    return new Resume(changes, Optional.empty()).propagation(SHOP, LOOKUP);
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
  void aWallClockSetBackMakesNoNegativeGap() {
    Moment earlier = new Moment(at(1).wall(), 5, 2);
    Resume resume = new Resume(List.of(new Change(SHOP, DETECTED)), Optional.empty());
    Event blind = resume.blind(earlier).orElseThrow();
    Health health = resume.health(unknown(SHOP)).after(blind);
    assertTrue(Objects.requireNonNull(health.incident()).unobserved().isZero());
  }
}
