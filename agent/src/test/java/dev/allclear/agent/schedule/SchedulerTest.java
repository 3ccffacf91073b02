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
import dev.allclear.probes.Phases;
import dev.allclear.probes.Probe;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Outcome FAIL = Outcome.fail(Cause.STATUS, "status 503, expected 200-299");
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
  private final Deque<Outcome> pingOutcomes = new ArrayDeque<>();
  private Outcome pingOutcome = Outcome.pass();
  private final Scheduler scheduler =
      new Scheduler(
          time,
          time,
          new Threads(time, Runnable::run),
          new SplittableRandom(1),
          _ -> health,
          this::accept);

  private void accept(Run run) {
    runs.add(run);
    health = outage.decide(health, run.observation()).health();
  }

  /// Takes no time but what the outcome's supplier takes.
  private record Scripted(String name, Depth depth, FakeTime time, Supplier<Outcome> outcome)
      implements Probe {
    @Override
    public Observation run() {
      Moment begin = time.now();
      Outcome told = outcome.get();
      return new Observation(name, depth, begin, time.now(), List.of(), told);
    }
  }

  /// With the outcomes that are queued, then the one that is set.
  private Probe ping() {
    return new Scripted(
        "ping",
        Depth.SHALLOW,
        time,
        () -> pingOutcomes.isEmpty() ? pingOutcome : pingOutcomes.remove());
  }

  private final Check check = new Check(SHOP, ping(), Duration.ofSeconds(10));

  private void start() {
    scheduler.add(check, POLICY);
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
    pingOutcome = FAIL;
  }

  private void untilHealthy() {
    start();
    time.advanceTo(Duration.ofSeconds(20));
    assertEquals("healthy", health.state().label());
    runs.clear();
  }

  @Test
  void aHastenedCheckRunsAtOnceAndKeepsItsPlace() {
    untilHealthy();
    List<Long> before = starts("ping");
    time.advanceTo(Duration.ofSeconds(23));
    scheduler.hasten(check);
    time.advanceTo(Duration.ofSeconds(23).plusMillis(1));
    assertEquals(23_000, starts("ping").getLast());
    time.advanceTo(Duration.ofSeconds(60));
    List<Long> hastened = starts("ping").stream().filter(start -> start != 23_000).toList();
    assertTrue(gaps(hastened).stream().allMatch(gap -> gap == 10_000), hastened::toString);
    assertEquals(List.of(), before);
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
  void aSuspicionThatPassesIsSettledAtTheSamePace() {
    untilHealthy();
    pingOutcomes.addAll(List.of(FAIL, Outcome.pass(), FAIL, Outcome.pass(), Outcome.pass()));
    time.advanceTo(Duration.ofSeconds(31));
    assertEquals("healthy", health.state().label());
    assertEquals(List.of(0L, 200L, 0L), gaps(starts("ping")).subList(0, 3));
  }

  @Test
  void aRunThatTellsNothingIsNotRepeatedAtOnce() {
    untilHealthy();
    pingOutcomes.add(FAIL);
    pingOutcome = Outcome.inconclusive("the agent lacks a resource");
    time.advanceTo(Duration.ofSeconds(31));
    List<Long> gaps = gaps(starts("ping"));
    assertEquals(0L, gaps.getFirst());
    assertTrue(gaps.size() > 2);
    assertTrue(gaps.stream().skip(1).allMatch(gap -> gap == 200), gaps::toString);
  }

  @Test
  void goesOnAlthoughTheSinkBreaks() {
    List<Observation> seen = new ArrayList<>();
    Scheduler broken =
        new Scheduler(
            time,
            time,
            new Threads(time, SchedulerTest::swallow),
            new SplittableRandom(1),
            _ -> health,
            run -> {
              seen.add(run.observation());
              throw new AssertionError("a defect");
            });
    broken.add(new Check(SHOP, ping(), Duration.ofSeconds(10)), POLICY);
    time.advanceTo(Duration.ofSeconds(30));
    assertTrue(seen.size() > 2);
  }

  /// As a thread of its own does with what its work throws.
  private static void swallow(Runnable work) {
    try {
      work.run();
    } catch (AssertionError e) {
      assertEquals("a defect", e.getMessage());
    }
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
  void confirmsARefusedConnectionWithinFortyMilliseconds() {
    untilHealthy();
    pingOutcome = Outcome.fail(Cause.CONNECT, "refused");
    time.advanceTo(Duration.ofSeconds(31));
    List<Long> fails = starts("ping");
    long first =
        runs.stream()
                .filter(run -> run.observation().outcome().isFail())
                .findFirst()
                .orElseThrow()
                .observation()
                .begin()
                .nanos()
            / 1_000_000;
    List<Long> confirming = fails.stream().filter(at -> at >= first).limit(3).toList();
    assertEquals(List.of(first, first, first + 20), confirming);
    assertEquals("down", health.state().label());
  }

  @Test
  void doesNotHammerATargetThatIsAskedTooMuch() {
    Probe busy =
        new Probe() {
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
            Moment now = time.now();
            Reply reply = new Reply.Http("GET /", 429, "h2", "192.0.2.1", 0, Phases.NONE);
            List<StepRun> steps = List.of(new StepRun("get", now, now, FAIL, reply));
            return new Observation("ping", Depth.SHALLOW, now, now, steps, FAIL);
          }
        };
    health = Health.unknown(SHOP, Map.of("ping", Depth.SHALLOW));
    scheduler.add(
        new Check(SHOP, busy, Duration.ofSeconds(10), List.of(new Ask("shop:443", 1, 20))), POLICY);
    time.advanceTo(Duration.ofSeconds(20));
    List<Long> gaps = gaps(starts("ping"));
    assertEquals(List.of(1_000L, 2_000L, 4_000L), gaps.subList(0, 3));
    assertEquals("down", health.state().label());
  }

  @Test
  void looksTwiceAsOftenWhereConnectionsAreRefused() {
    untilHealthy();
    pingOutcome = Outcome.fail(Cause.CONNECT, "refused");
    time.advanceTo(Duration.ofSeconds(31));
    runs.clear();
    time.advanceTo(Duration.ofSeconds(131));
    List<Long> gaps = gaps(starts("ping"));
    double mean = gaps.stream().mapToLong(gap -> gap).average().orElseThrow();
    assertTrue(mean > 110 && mean < 140, "mean " + mean);
    assertTrue(gaps.stream().allMatch(gap -> gap <= 250), gaps::toString);
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
    Duration late = Duration.ofMillis(70);
    Scheduler behind =
        new Scheduler(
            time,
            (delay, task) -> time.after(delay.plus(late), task),
            new Threads(time, Runnable::run),
            new SplittableRandom(1),
            _ -> health,
            this::accept);
    behind.add(new Check(SHOP, ping(), Duration.ofSeconds(10)), POLICY);
    time.advanceTo(Duration.ofSeconds(30));
    assertEquals(late, runs.getFirst().lateness());
    assertTrue(runs.stream().allMatch(run -> run.lateness().equals(late)));
    assertEquals(0, runs.getFirst().skipped());
  }

  @Test
  void countsTheRunsThatASlowOneLeftOut() {
    Probe slow =
        new Scripted(
            "ping",
            Depth.SHALLOW,
            time,
            () -> {
              time.advanceTo(Duration.ofNanos(time.now().nanos()).plusSeconds(25));
              return Outcome.pass();
            });
    scheduler.add(new Check(SHOP, slow, Duration.ofSeconds(10)), POLICY);
    time.advanceTo(Duration.ofSeconds(2));
    assertEquals(2, runs.getFirst().skipped());
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
