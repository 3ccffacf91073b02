package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outage.Event;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ServingTest {
  private final Serving serving = new Serving();
  private final List<Event> events = new ArrayList<>();
  private boolean open;

  private static Moment at(long second) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    return new Moment(start.plusSeconds(second), second * 1_000_000_000, 1);
  }

  /// Each answer by another step, a second long.
  private static Observation run(long second, Reply.Labels... answers) {
    List<StepRun> steps = new ArrayList<>();
    for (Reply.Labels labels : answers) {
      Reply reply = new Reply.Http("GET /", 200, "h2", "", 0, Phases.NONE, List.of(), "", labels);
      Moment begin = at(second + steps.size());
      steps.add(new StepRun("step", begin, at(second + steps.size() + 1), Outcome.pass(), reply));
    }
    Moment end = at(second + Math.max(1, steps.size()));
    return new Observation("buy", Depth.DEEP, at(second), end, steps, Outcome.pass());
  }

  private static Reply.Labels by(String server) {
    return new Reply.Labels(server, "");
  }

  private ServingTest see(long second, Reply.Labels... answers) {
    events.addAll(serving.after(run(second, answers), open));
    return this;
  }

  private ServingTest opened(long second, Reply.Labels... answers) {
    open = true;
    events.addAll(serving.opened(run(second, answers)));
    return this;
  }

  private static Event served(
      long at, Set<String> from, Set<String> to, int runs, long earliest, long latest) {
    Bounds shifted = Bounds.between(at(earliest), at(latest));
    return new Event.Served(at(at), "buy", "served-by", from, to, runs, shifted);
  }

  @Test
  void nothingIsToldWhileThereIsNoOutage() {
    see(1, by("eu")).see(3, by("us")).see(5, by("eu"));

    assertEquals(List.of(), events);
  }

  @Test
  void tellsWhoAnsweredWhenTheOutageWasOpenedAndWhoSince() {
    see(1, by("eu")).see(3, by("eu")).opened(5, by("eu"));
    see(7, by("eu")).see(9, by("us")).see(11, by("us")).see(13, by("eu")).see(15, by("us"));

    assertEquals(
        List.of(
            served(6, Set.of(), Set.of("eu"), 0, 1, 6),
            served(10, Set.of("eu"), Set.of("us"), 4, 7, 10),
            served(14, Set.of("us"), Set.of("eu"), 2, 11, 14),
            served(16, Set.of("eu"), Set.of("us"), 1, 13, 16)),
        events);
  }

  @Test
  void whatChangedShortlyBeforeIsTheStateItWasOpenedIn() {
    see(1, by("v1")).see(3, by("v2")).opened(5);

    assertEquals(List.of(served(6, Set.of("v1"), Set.of("v2"), 1, 1, 4)), events);
  }

  @Test
  void balancedLoadIsNoShift() {
    see(1, by("a")).see(3, by("b")).see(5, by("a")).opened(7);
    see(9, by("b")).see(11, by("a"), by("b")).see(14, by("c"));

    assertEquals(
        List.of(
            served(8, Set.of("a"), Set.of("a", "b"), 1, 1, 4),
            served(15, Set.of("a", "b"), Set.of("c"), 4, 11, 15)),
        events);
  }

  @Test
  void aRunByBothIsNeitherOldNorNew() {
    see(1, by("eu")).opened(3).see(5, by("us"), by("eu")).see(8, by("us"));

    assertEquals(
        List.of(
            served(4, Set.of(), Set.of("eu"), 0, 1, 2),
            served(7, Set.of("eu"), Set.of("us", "eu"), 1, 1, 7),
            served(9, Set.of("us", "eu"), Set.of("us"), 1, 5, 9)),
        events);
  }

  @Test
  void anotherSessionGoesOnWhereThisOneEnded() {
    see(1, by("eu")).opened(3);
    Serving next = new Serving();
    next.remember((Event.Served) events.getFirst());

    assertEquals(List.of(), next.after(run(50, by("eu")), true));
    assertEquals(
        List.of(served(61, Set.of("eu"), Set.of("us"), 1, 50, 61)),
        next.after(run(60, by("us")), true));
    Serving other = new Serving();
    other.remember((Event.Served) events.getFirst());
    assertEquals(
        List.of(served(61, Set.of("eu"), Set.of("us"), 0, 1, 61)),
        other.after(run(60, by("us")), true));
  }

  @Test
  void firstReadWithinTheOutageNobodyKnowsWhoDidBefore() {
    opened(1).see(3, by("us"));

    assertEquals(List.of(served(4, Set.of(), Set.of("us"), 0, 3, 4)), events);
  }

  @Test
  void anOvertakenRunTellsNothing() {
    see(1, by("eu")).opened(3).see(9, by("us")).see(7, by("eu"));

    assertEquals(2, events.size());
  }

  @Test
  void noMoreIsToldThanIsKept() {
    see(1, by("eu")).opened(3);
    for (int i = 0; i < 200; i++) {
      see(10 + 2 * i, by("server " + i));
    }

    assertEquals(Event.Served.MOST, events.size());
  }
}
