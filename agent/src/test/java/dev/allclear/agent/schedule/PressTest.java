package dev.allclear.agent.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A target that may hang is not waited for once for each confirmation.
final class PressTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Policy POLICY =
      new Policy(
          new Rto(Duration.ofSeconds(30), Rto.From.ONSET),
          3,
          4,
          1,
          Duration.ofSeconds(4),
          Duration.ofSeconds(5));
  private static final Outcome NOTHING = Outcome.fail(Cause.TIMEOUT, "no answer");
  private static final long TIMEOUT = 500;

  private final FakeTime time = new FakeTime();
  private final List<Long> starts = new ArrayList<>();
  private final List<Purpose> purposes = new ArrayList<>();
  private final Outage outage = new Outage(POLICY);
  private Health health = Health.unknown(SHOP, Map.of("ping", Depth.SHALLOW));
  private boolean hangs;
  private final Scheduler scheduler =
      new Scheduler(time, time, this::run, new SplittableRandom(1), _ -> health, this::accept);
  private final Check check = new Check(SHOP, new Never(), Duration.ofSeconds(10));

  /// What stands for a probe that somebody else runs.
  private record Never() implements Probe {
    @Override
    public String name() {
      return "ping";
    }

    @Override
    public Depth depth() {
      return Depth.SHALLOW;
    }

    @Override
    public Observation run() {
      throw new IllegalStateException("nobody runs it");
    }
  }

  private void run(Check which, Consumer<Observation> told) {
    Moment begin = time.now();
    starts.add(begin.nanos() / 1_000_000);
    Outcome outcome = hangs ? NOTHING : Outcome.pass();
    time.after(
        Duration.ofMillis(hangs ? TIMEOUT : 5),
        () ->
            told.accept(
                new Observation("ping", Depth.SHALLOW, begin, time.now(), List.of(), outcome)));
  }

  private void accept(Run run) {
    purposes.add(run.purpose());
    health = outage.decide(health, run.observation()).health();
  }

  @BeforeEach
  void start() {
    scheduler.add(check, POLICY);
    time.advanceTo(Duration.ofSeconds(23));
    assertEquals("healthy", health.state().label());
    starts.clear();
    purposes.clear();
  }

  @Test
  void asManyRunsAsConfirmAnOutageWaitSideBySide() {
    hangs = true;
    scheduler.press(check);
    time.advanceTo(Duration.ofSeconds(23).plusMillis(TIMEOUT).minusMillis(1));
    assertEquals(List.of(23_000L, 23_020L, 23_040L), starts);
    time.advanceTo(Duration.ofSeconds(23).plusMillis(TIMEOUT + 100));
    assertEquals("down", health.state().label());
    assertEquals(List.of(Purpose.CONFIRM, Purpose.CONFIRM, Purpose.CONFIRM), purposes);
  }

  @Test
  void anAnswerEndsIt() {
    scheduler.press(check);
    time.advanceTo(Duration.ofSeconds(23).plusMillis(500));
    assertEquals(List.of(23_000L), starts);
    assertEquals(List.of(Purpose.CONFIRM), purposes);
    time.advanceTo(Duration.ofSeconds(34));
    assertEquals(2, starts.size());
    assertEquals(Purpose.POLL, purposes.getLast());
  }

  /// It takes the answer of no run that had begun before.
  @Test
  void waitsForTheRunUnderWay() {
    time.advanceTo(Duration.ofSeconds(23));
    scheduler.hasten(check);
    time.advanceTo(Duration.ofSeconds(23).plusMillis(2));
    hangs = true;
    scheduler.hasten(check);
    time.advanceTo(Duration.ofSeconds(23).plusMillis(100));
    assertEquals(List.of(23_000L, 23_005L), starts);
  }

  @Test
  void whatReturnsIsRetriedUntilItDoesAndThenVerified() {
    hangs = true;
    scheduler.press(check);
    time.advanceTo(Duration.ofSeconds(30));
    hangs = false;
    time.advanceTo(Duration.ofSeconds(40));
    assertEquals(Purpose.RETRY, purposes.get(10));
    assertEquals("verified", health.state().label());
    assertTrue(purposes.contains(Purpose.VERIFY), purposes::toString);
  }
}
