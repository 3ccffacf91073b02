package dev.allclear.agent.sight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outage.Round;
import dev.allclear.agent.sight.Lookout.Haste;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/// On a clock turned by hand; what would run on threads waits until it is let go.
final class LookoutTest {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private record Task(long due, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::due));
  private final Deque<Runnable> asked = new ArrayDeque<>();
  private final Map<String, String> answers = new HashMap<>(Map.of("a", "", "b", ""));
  private final List<Round> rounds = new ArrayList<>();
  private final Map<String, Boolean> up = new HashMap<>();
  private Haste haste = Haste.QUIET;
  private long millis;

  private final Lookout lookout =
      new Lookout(
          List.of(witness("a"), witness("b")),
          this::now,
          (delay, work) -> tasks.add(new Task(millis + delay.toMillis(), work)),
          asked::add,
          new Lookout.Watch() {
            @Override
            public void witness(String name, boolean answered) {
              up.put(name, answered);
            }

            @Override
            public void round(Round round) {
              rounds.add(round);
            }

            @Override
            public Haste haste() {
              return haste;
            }
          });

  private Witness witness(String name) {
    return new Witness(name, _ -> answers.getOrDefault(name, ""));
  }

  private Moment now() {
    return new Moment(EPOCH.plusMillis(millis), millis * 1_000_000, 1);
  }

  private void letGo() {
    while (!asked.isEmpty()) {
      asked.remove().run();
    }
  }

  private void advanceTo(long time) {
    letGo();
    while (!tasks.isEmpty() && tasks.peek().due() <= time) {
      Task next = tasks.remove();
      millis = next.due();
      next.work().run();
      letGo();
    }
    millis = time;
  }

  private List<Long> begins() {
    return rounds.stream().map(round -> round.begin().nanos() / 1_000_000).toList();
  }

  @Test
  void looksEveryFiveSecondsWhileAllIsQuiet() {
    lookout.start();
    advanceTo(16_000);
    assertEquals(List.of(0L, 5_000L, 10_000L, 15_000L), begins());
    assertEquals(Map.of("a", true, "b", true), up);
  }

  @Test
  void looksMoreOftenWhereMoreDependsOnIt() {
    haste = Haste.SHARP;
    lookout.start();
    advanceTo(2_500);
    assertEquals(List.of(0L, 1_000L, 2_000L), begins());
    haste = Haste.BLIND;
    advanceTo(3_600);
    assertEquals(List.of(0L, 1_000L, 2_000L, 3_000L, 3_250L, 3_500L), begins());
  }

  @Test
  void oneAnswerPassesTheRound() {
    answers.put("a", "refused");
    lookout.start();
    advanceTo(10);
    assertEquals(List.of(new Round(moment(0), moment(0), true, "")), rounds);
    assertEquals(Map.of("a", false, "b", true), up);
  }

  @Test
  void failsWhenNobodyAnswers() {
    answers.put("a", "refused");
    answers.put("b", "no answer");
    lookout.start();
    advanceTo(10);
    assertEquals(
        List.of(
            new Round(
                moment(0), moment(0), false, "no witness answers: a (refused), b (no answer)")),
        rounds);
  }

  @Test
  void failsInTimeWhereSomebodyHangs() {
    lookout.start();
    asked.clear();
    advanceTo(2_000);
    assertEquals(
        List.of(
            new Round(
                moment(0),
                moment(1_000),
                false,
                "no witness answers: a (no answer in time), b (no answer in time)")),
        rounds);
  }

  @Test
  void anAnswerAfterTheEndOfItsRoundChangesNothing() {
    lookout.start();
    Runnable late = asked.removeFirst();
    Runnable later = asked.removeFirst();
    advanceTo(2_000);
    late.run();
    later.run();
    assertEquals(1, rounds.size());
  }

  @Test
  void inAHurryItLooksAtOnceButOneRoundAtATime() {
    lookout.start();
    advanceTo(700);
    lookout.hurry();
    lookout.hurry();
    haste = Haste.AT_ONCE;
    asked.removeFirst().run();
    assertEquals(List.of(0L, 700L), begins());
    haste = Haste.QUIET;
    advanceTo(701);
    assertEquals(List.of(0L, 700L, 700L), begins());
    advanceTo(5_600);
    assertEquals(3, rounds.size(), "the look planned before the hurry is void");
    advanceTo(5_700);
    assertEquals(4, rounds.size());
  }

  @Test
  void asksNobodyOnceStopped() {
    lookout.start();
    lookout.stop();
    advanceTo(20_000);
    assertEquals(List.of(), rounds);
  }

  private static Moment moment(long millis) {
    return new Moment(EPOCH.plusMillis(millis), Duration.ofMillis(millis).toNanos(), 1);
  }
}
