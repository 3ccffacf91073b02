package dev.allclear.agent.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Policy POLICY =
      new Policy(
          new Rto(Duration.ofSeconds(30), Rto.From.ONSET),
          3,
          4,
          3,
          Duration.ofSeconds(4),
          Duration.ofSeconds(5));

  private final FakeTime time = new FakeTime();
  private final List<Run> runs = new ArrayList<>();
  private final Outage outage = new Outage(POLICY);
  private Health health = Health.unknown(SHOP, Map.of("ping", Depth.SHALLOW, "buy", Depth.DEEP));
  private Outcome pingOutcome = Outcome.pass();
  private final Scheduler scheduler =
      new Scheduler(time, time, Runnable::run, new SplittableRandom(1), _ -> health, this::accept);

  private void accept(Run run) {
    runs.add(run);
    health = outage.decide(health, run.observation()).health();
  }

  /// Instant, with the outcome that is set at the time.
  private record Scripted(String name, Depth depth, FakeTime time, Supplier<Outcome> outcome)
      implements Probe {
    @Override
    public Observation run() {
      Moment now = time.now();
      return new Observation(name, depth, now, now, List.of(), outcome.get());
    }
  }

  private void start() {
    scheduler.add(
        new Check(
            SHOP,
            new Scripted("ping", Depth.SHALLOW, time, () -> pingOutcome),
            Duration.ofSeconds(10)),
        POLICY);
    scheduler.add(
        new Check(
            SHOP, new Scripted("buy", Depth.DEEP, time, Outcome::pass), Duration.ofMinutes(1)),
        POLICY);
  }

  private List<Long> starts(String probe) {
    return runs.stream()
        .map(Run::observation)
        .filter(observation -> observation.probe().equals(probe))
        .map(observation -> observation.begin().nanos() / 1_000_000)
        .toList();
  }

  private static List<Long> gaps(List<Long> starts) {
    return IntStream.range(1, starts.size())
        .mapToObj(i -> starts.get(i) - starts.get(i - 1))
        .toList();
  }

  private void fail() {
    pingOutcome = Outcome.fail(Cause.STATUS, "status 503, expected 200-299");
  }

  private void untilHealthy() {
    start();
    time.advanceTo(Duration.ofSeconds(20));
    assertEquals("healthy", health.state().label());
    runs.clear();
  }

  @Test
  void learnsQuicklyAtTheStart() {
    start();
    time.advanceTo(Duration.ofSeconds(4));
    assertEquals("healthy", health.state().label());
    assertTrue(starts("ping").getFirst() <= 1000);
  }

  @Test
  void keepsItsIntervalAndPhaseWhileHealthy() {
    untilHealthy();
    time.advanceTo(Duration.ofMinutes(2));
    assertEquals(10, starts("ping").size());
    assertTrue(
        gaps(starts("ping")).stream().allMatch(gap -> gap == 10_000),
        gaps(starts("ping"))::toString);
  }

  @Test
  void confirmsAtOnceAndThenEvery200Milliseconds() {
    untilHealthy();
    fail();
    time.advanceTo(Duration.ofSeconds(31));
    assertEquals(List.of(0L, 200L), gaps(starts("ping")).subList(0, 2));
  }

  @Test
  void probesTheCheapOneFastWhileDownAndNeverInStep() {
    untilHealthy();
    fail();
    time.advanceTo(Duration.ofSeconds(50));
    assertEquals("down", health.state().label());
    List<Long> gaps = gaps(starts("ping"));
    List<Long> down = gaps.subList(3, gaps.size());
    assertTrue(down.stream().allMatch(gap -> gap <= 500), down::toString);
    assertTrue(down.stream().distinct().count() > 20, down::toString);
    assertTrue(starts("buy").size() <= 1, "the deep journey is left alone while down");
  }

  @Test
  void runsTheDeepJourneyAsSoonAsTheCheapOnePasses() {
    untilHealthy();
    fail();
    time.advanceTo(Duration.ofSeconds(50));
    pingOutcome = Outcome.pass();
    time.advanceTo(Duration.ofSeconds(52));
    long good = starts("ping").stream().filter(at -> at >= 50_000).findFirst().orElseThrow();
    long deep = starts("buy").stream().filter(at -> at >= good).findFirst().orElseThrow();
    assertTrue(deep - good <= 1000, "first good " + good + ", deep journey " + deep);
  }

  @Test
  void verifiesWithinTwiceTheRequiredSpan() {
    untilHealthy();
    fail();
    time.advanceTo(Duration.ofSeconds(40));
    pingOutcome = Outcome.pass();
    time.advanceTo(Duration.ofSeconds(48));
    assertEquals("verified", health.state().label());
  }

  @Test
  void tellsHowLateItWas() {
    start();
    time.advanceTo(Duration.ofSeconds(30));
    assertTrue(runs.stream().allMatch(run -> run.lateness().isZero()));
  }

  @Test
  void startsNothingOnceStopped() {
    untilHealthy();
    scheduler.stop();
    time.advanceTo(Duration.ofSeconds(200));
    assertEquals(List.of(), runs);
  }

  @Test
  void aBrokenProbeIsInconclusiveAndGoesOn() {
    scheduler.add(
        new Check(
            SHOP,
            new Scripted(
                "ping",
                Depth.SHALLOW,
                time,
                () -> {
                  throw new IllegalStateException("a defect");
                }),
            Duration.ofSeconds(10)),
        POLICY);
    time.advanceTo(Duration.ofSeconds(30));
    assertTrue(runs.size() > 2);
    assertInstanceOf(Outcome.Inconclusive.class, runs.getFirst().observation().outcome());
  }
}
