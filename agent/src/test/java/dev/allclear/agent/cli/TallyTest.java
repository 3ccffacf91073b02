package dev.allclear.agent.cli;

import static dev.allclear.agent.cli.Past.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private static final PrintWriter NOWHERE = new PrintWriter(new StringWriter());
  private static final Outcome CLOSED = Outcome.fail(Cause.STATUS, "status 503, expected 2xx");

  private final Tally tally = new Tally();

  private void run(long login, long pay, Outcome outcome) {
    List<StepRun> steps = new ArrayList<>();
    steps.add(new StepRun("log in", at(0), at(login), Outcome.pass(), Reply.nothing()));
    steps.add(new StepRun("pay", at(login), at(login + pay), outcome, Reply.nothing()));
    steps.add(StepRun.skipped("gold", at(login + pay), "no gold"));
    add(login + pay, steps, outcome);
  }

  private void add(long length, List<StepRun> steps, Outcome outcome) {
    tally.add(new Observation("checkout", Depth.DEEP, at(0), at(length), steps, outcome), null);
  }

  private String text() {
    return String.join("\n", tally.lines("checkout", new Console(NOWHERE, NOWHERE, false))) + "\n";
  }

  @Test
  void namesTheSeedOfTheFirstFailureOfEachKind() {
    Observation failed =
        new Observation(
            "checkout",
            Depth.DEEP,
            at(0),
            at(9),
            List.of(new StepRun("pay", at(0), at(9), CLOSED, Reply.nothing())),
            CLOSED);
    tally.add(failed, 42L);
    tally.add(failed, 43L);

    assertTrue(text().endsWith("2 x pay: status 503, expected 2xx (status); --seed 42\n"), text());
    assertTrue(
        tally
            .json("checkout")
            .contains("\"count\":2,\"detail\":\"status 503, expected 2xx\",\"seed\":42}"),
        tally.json("checkout"));
  }

  @Test
  void showsPercentilesOfEveryStepAndOfAll() {
    IntStream.rangeClosed(1, 98).forEach(i -> run(i, 100, Outcome.pass()));
    run(99, 200, CLOSED);
    run(100, 300, CLOSED);
    add(7, List.of(), Outcome.fail(Cause.TIMEOUT, "the journey's deadline of 5s ended \"pay\""));
    add(7, List.of(), Outcome.inconclusive("interrupted"));

    assertEquals(
        """
        checkout 102 runs: 98 passed, 3 failed, 1 inconclusive
                                             p50       p90       p99       max      runs
          log in                            50ms      90ms      99ms     100ms       100
          pay                              100ms     100ms     200ms     300ms       100
          all                              150ms     190ms     299ms     400ms       101
        2 x pay: status 503, expected 2xx (status)
        1 x the journey's deadline of 5s ended "pay" (timeout)
        """,
        text());
    assertEquals(ExitCode.BAD_VERDICT, tally.exitCode());
  }

  @Test
  void isOneLineOfJson() {
    run(10, 20, Outcome.pass());
    run(20, 20, CLOSED);

    assertEquals(
        """
        {"summary":{"probe":"checkout","runs":2,"passed":1,"slow":0,"failed":1,"inconclusive":0,\
        "seconds":{"p50":0.03,"p90":0.04,"p99":0.04,"max":0.04},\
        "steps":{"log in":{"p50":0.01,"p90":0.02,"p99":0.02,"max":0.02},\
        "pay":{"p50":0.02,"p90":0.02,"p99":0.02,"max":0.02}},\
        "failures":[{"step":"pay","cause":"status","count":1,"detail":"status 503, expected 2xx"}]}}\
        """,
        tally.json("checkout"));
  }

  @Test
  void isGoodOnlyIfEveryRunPassed() {
    assertEquals(ExitCode.INCONCLUSIVE, tally.exitCode());
    run(1, 1, Outcome.pass());
    assertEquals(ExitCode.GOOD, tally.exitCode());
    run(1, 1, Outcome.inconclusive("interrupted"));
    assertEquals(ExitCode.INCONCLUSIVE, tally.exitCode());
  }

  @Test
  void aPercentileIsTheNearestRank() {
    Percentiles ten =
        new Percentiles(IntStream.rangeClosed(1, 10).mapToObj(Duration::ofMillis).toList());

    assertEquals(Duration.ofMillis(5), ten.at(50));
    assertEquals(Duration.ofMillis(9), ten.at(90));
    assertEquals(Duration.ofMillis(10), ten.at(99));
    assertEquals(Duration.ofMillis(10), ten.max());
    assertEquals(Duration.ZERO, new Percentiles(List.of()).at(50));
  }
}
