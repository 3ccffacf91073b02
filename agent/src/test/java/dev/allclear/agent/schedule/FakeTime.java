package dev.allclear.agent.schedule;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Owns time and whatever waits for it: `advanceTo` runs the tasks that fall due, in order.
final class FakeTime implements Clock, Timer {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private record Task(long due, long order, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::order));
  private long nanos;
  private long order;

  @Override
  public Moment now() {
    return new Moment(EPOCH.plusNanos(nanos), nanos, 1);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    tasks.add(new Task(nanos + delay.toNanos(), order++, task));
  }

  void advanceTo(Duration time) {
    while (!tasks.isEmpty() && tasks.peek().due() <= time.toNanos()) {
      Task next = tasks.remove();
      nanos = Math.max(nanos, next.due());
      next.work().run();
    }
    nanos = time.toNanos();
  }
}
