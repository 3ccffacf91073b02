package dev.allclear.agent;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.ledger.LedgerFailedException;
import dev.allclear.agent.ledger.Pulse;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.DnsTail;
import dev.allclear.agent.outage.Entry;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failure;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Run;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Probe;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecorderTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final String NAME = "shop.example";
  private static final Policy POLICY =
      new Policy(
          new Rto(Duration.ofMinutes(2), Rto.From.ONSET),
          1,
          1,
          1,
          Duration.ZERO,
          Duration.ofSeconds(5));
  private final Ledger ledger = Ledger.inMemory();
  private final List<String> told = new ArrayList<>();
  private final Recorder recorder =
      new Recorder(
          () -> at(99),
          ledger,
          List.of(
              new Listener() {
                @Override
                public void observed(Run run, Health health) {
                  told.add("observed " + health.state().label());
                }

                @Override
                public void happened(Change change, Health health) {
                  boolean durable = ledger.changes().contains(change);
                  told.add(change.event().getClass().getSimpleName() + " durable " + durable);
                }
              }));

  private static Moment at(long second) {
    return new Moment(
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second), second * 1_000_000_000, 1);
  }

  /// Is scheduled, never run.
  private record Named(String name, Depth depth) implements Probe {
    @Override
    public Observation run() {
      throw new IllegalStateException("not run in this test");
    }
  }

  private void watch() {
    Health unknown = Health.unknown(SHOP, Map.of("detect", Depth.SHALLOW, NAME, Depth.DNS));
    recorder.watch(unknown, new Outage(POLICY));
  }

  private static Check check(Probe probe) {
    return new Check(SHOP, probe, Duration.ofSeconds(1));
  }

  private void see(long second, Outcome outcome) {
    Observation observation =
        new Observation("detect", Depth.SHALLOW, at(second), at(second + 1), List.of(), outcome);
    Check check = check(new Named("detect", Depth.SHALLOW));
    recorder.accept(new Run(check, observation, Duration.ZERO, 0));
  }

  @Test
  void nobodyHearsOfAnEventBeforeItIsDurable() {
    watch();
    see(1, Outcome.pass());
    see(3, Outcome.fail(Cause.STATUS, "status 503"));
    assertEquals(
        List.of(
            "Healthy durable true",
            "observed healthy",
            "Suspected durable true",
            "Detected durable true",
            "observed down"),
        told);
    assertEquals(1, recorder.incidents().size());
  }

  @Test
  void anEventThatCannotBeWrittenDownDidNotHappen() {
    watch();
    ledger.close();
    assertThrows(LedgerFailedException.class, () -> see(1, Outcome.pass()));
    assertEquals(List.of(), told);
    assertEquals("unknown", recorder.health(SHOP).state().label());
  }

  private void told(Event event) {
    recorder.happened(SHOP, event);
  }

  private List<String> types() {
    return recorder.incidents().getFirst().timeline().stream().map(Entry::type).toList();
  }

  @Test
  void theSpreadOfANewRecordIsPartOfTheOutage() {
    watch();
    see(1, Outcome.pass());
    see(4, Outcome.fail(Cause.STATUS, "status 503"));
    Bounds changed = Bounds.between(at(6), at(7));
    Bounds flip = Bounds.between(at(8), at(9));
    told(new Event.DnsChanged(at(7), NAME, changed, List.of("192.0.2.1"), List.of("192.0.2.2")));
    told(new Event.DnsPublished(at(7), NAME, "ns", changed));
    told(new Event.DnsFlipped(at(9), NAME, "r", "", flip));
    told(new Event.DnsConverged(at(9), NAME, flip));
    assertEquals(
        List.of(
            "onset", "detected", "dns-changed", "dns-published", "dns-flipped", "dns-converged"),
        types());
    DnsTail tail = recorder.incidents().getFirst().dns().getFirst();
    assertEquals(Duration.ofSeconds(1), requireNonNull(tail.tail()).min());
    assertEquals(Duration.ofSeconds(3), requireNonNull(tail.tail()).max());
    assertEquals("r", requireNonNull(tail.limit()).server());
  }

  private void claims(long seconds, long claimed) {
    told(new Event.DnsClaimed(at(seconds), NAME, at(claimed), "deploy-42"));
  }

  @Test
  void aClaimTellsHowLongItTookUntilAnAuthorityWasNew() {
    watch();
    see(1, Outcome.pass());
    see(4, Outcome.fail(Cause.STATUS, "status 503"));
    claims(5, 5);
    claims(6, 6);
    Bounds changed = Bounds.between(at(7), at(8));
    told(new Event.DnsChanged(at(8), NAME, changed, List.of("192.0.2.1"), List.of("192.0.2.2")));
    told(new Event.DnsPublished(at(8), NAME, "ns", changed));
    claims(9, 6);
    List<DnsTail> tails = recorder.incidents().getFirst().dns();
    assertEquals(1, tails.size());
    assertEquals(Duration.ofSeconds(2), requireNonNull(tails.getFirst().api()).min());
    assertEquals(Duration.ofSeconds(3), requireNonNull(tails.getFirst().api()).max());
    assertEquals(
        NAME + " is said to be changed by deploy-42",
        recorder.incidents().getFirst().timeline().stream()
            .filter(entry -> entry.type().equals("dns-claimed"))
            .findFirst()
            .orElseThrow()
            .text());
    claims(10, 10);
    assertEquals(2, recorder.incidents().getFirst().dns().size());
  }

  @Test
  void whatANameWasBeforeItChangedDoesNotCountForVerification() {
    watch();
    see(1, Outcome.pass());
    see(3, Outcome.fail(Cause.STATUS, "status 503"));
    lookUp(5, Outcome.pass());
    Bounds changed = Bounds.between(at(6), at(7));
    told(new Event.DnsChanged(at(7), NAME, changed, List.of("192.0.2.1"), List.of("192.0.2.2")));
    see(8, Outcome.pass());
    see(10, Outcome.pass());
    assertEquals("recovering", recorder.health(SHOP).state().label());
    lookUp(12, Outcome.pass());
    assertEquals("verified", recorder.health(SHOP).state().label());
  }

  private void lookUp(long second, Outcome outcome) {
    Observation observation =
        new Observation(NAME, Depth.DNS, at(second), at(second), List.of(), outcome);
    Check check = check(new Named(NAME, Depth.DNS));
    recorder.accept(new Run(check, observation, Duration.ZERO, 0));
  }

  @Test
  void theTailOfAChangeStaysWithTheOutageThatIsOver() {
    watch();
    see(1, Outcome.pass());
    see(3, Outcome.fail(Cause.STATUS, "status 503"));
    Bounds changed = Bounds.between(at(6), at(7));
    told(new Event.DnsChanged(at(7), NAME, changed, List.of("192.0.2.1"), List.of("192.0.2.2")));
    told(new Event.Closed(at(20)));
    told(new Event.DnsFlipped(at(30), NAME, "r", "", Bounds.between(at(29), at(30))));
    told(new Event.DnsConverged(at(30), NAME, Bounds.between(at(29), at(30))));
    told(new Event.DnsUnreachable(at(40), NAME, Bounds.at(at(40))));
    assertEquals(
        List.of("onset", "detected", "dns-changed", "closed", "dns-flipped", "dns-converged"),
        types());
  }

  @Test
  void thePulseKeepsTheLastEvidenceOfEveryProbe() {
    watch();
    see(1, Outcome.pass());
    see(3, Outcome.fail(Cause.STATUS, "status 503"));
    recorder.pulse();
    Pulse pulse = ledger.lastPulse().orElseThrow();
    assertEquals(at(99), pulse.at());
    assertEquals(2, pulse.proofs().size());
  }

  private void fail(long second, String step, Cause cause) {
    StepRun failed =
        new StepRun(
            step, at(second), at(second + 1), Outcome.fail(cause, "no " + second), Reply.nothing());
    Observation observation =
        new Observation(
            "detect", Depth.SHALLOW, at(second), at(second + 1), List.of(failed), failed.outcome());
    recorder.accept(
        new Run(check(new Named("detect", Depth.SHALLOW)), observation, Duration.ZERO, 0));
  }

  private static List<String> details(Failed failed) {
    return failed.kept().stream().map(Failure::detail).toList();
  }

  @Test
  void theFirstFailureOfEachKindIsKeptWithItsIncident() {
    watch();
    see(1, Outcome.pass());
    fail(3, "log in", Cause.STATUS);
    fail(5, "log in", Cause.STATUS);
    fail(7, "log in", Cause.TIMEOUT);
    fail(9, "pay", Cause.STATUS);
    String id = recorder.incidents().getFirst().id();

    assertEquals(List.of("no 3", "no 7", "no 9"), details(recorder.failed(id)));
    recorder.pulse();
    assertEquals(4, recorder.failed(id).runs());
  }

  @Test
  void failuresThatOpenAnIncidentArePartOfIt() {
    Policy twice = new Policy(POLICY.rto(), 2, 3, 1, Duration.ZERO, Duration.ofSeconds(5));
    recorder.watch(Health.unknown(SHOP, Map.of("detect", Depth.SHALLOW)), new Outage(twice));
    see(1, Outcome.pass());
    fail(3, "blip", Cause.STATUS);
    see(5, Outcome.pass());
    see(7, Outcome.pass());
    fail(9, "log in", Cause.STATUS);
    fail(11, "log in", Cause.CONNECT);
    String id = recorder.incidents().getFirst().id();

    assertEquals(List.of("no 9", "no 11"), details(recorder.failed(id)));
  }

  @Test
  void failuresSurviveARestartAndAreCountedOn() {
    watch();
    see(1, Outcome.pass());
    fail(3, "log in", Cause.STATUS);
    fail(5, "log in", Cause.STATUS);
    recorder.pulse();
    Health down = recorder.health(SHOP);
    String id = recorder.incidents().getFirst().id();

    Recorder restarted = new Recorder(() -> at(99), ledger, List.of());
    restarted.watch(down, new Outage(POLICY));
    Observation again =
        new Observation(
            "detect",
            Depth.SHALLOW,
            at(7),
            at(8),
            List.of(
                new StepRun(
                    "log in", at(7), at(8), Outcome.fail(Cause.STATUS, "no 7"), Reply.nothing())),
            Outcome.fail(Cause.STATUS, "no 7"));
    restarted.accept(new Run(check(new Named("detect", Depth.SHALLOW)), again, Duration.ZERO, 0));
    restarted.pulse();

    assertEquals(List.of("no 3"), details(restarted.failed(id)));
    assertEquals(3, restarted.failed(id).runs());
  }

  @Test
  void whatNoProbeSawIsRecordedTheSameWay() {
    watch();
    see(1, Outcome.pass());
    see(3, Outcome.fail(Cause.STATUS, "status 503"));
    recorder.happened(SHOP, new Event.Blind(at(20), at(10), "agent not running"));
    assertEquals(Duration.ofSeconds(10), recorder.incidents().getFirst().unobserved());
  }
}
