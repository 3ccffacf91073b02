package dev.allclear.agent.simulation;

import dev.allclear.agent.schedule.Timer;
import dev.allclear.agent.simulation.Upset.Kind;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/// True time in nanoseconds, whatever waits for it, and the agent's two clocks: the wall clock may
/// be set, and the monotonic one starts anew with the machine. What falls due in a pause is late.
final class SimulatedTime implements Clock, Timer {
  static final long MILLI = 1_000_000;
  static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private record Task(long due, long order, Runnable work) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      return due == other.due ? Long.compare(order, other.order) : Long.compare(due, other.due);
    }
  }

  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private final List<Upset> pauses;
  private final List<Upset> sleeps;
  private final List<Upset> cuts;
  private final List<Long> origins = new ArrayList<>(List.of(0L));
  private long now;
  private long order;
  private long wallAhead;

  SimulatedTime(List<Upset> upsets) {
    this.sleeps = upsets.stream().filter(each -> each.kind() == Kind.SLEEP).toList();
    this.cuts = upsets.stream().filter(each -> each.kind() == Kind.CUT).toList();
    this.pauses =
        upsets.stream()
            .filter(each -> each.kind() == Kind.PAUSE || each.kind() == Kind.SLEEP)
            .toList();
  }

  long nanos() {
    return now;
  }

  @Override
  public Moment now() {
    long session = origins.size();
    return new Moment(EPOCH.plusNanos(now + wallAhead), now - origins.getLast(), session);
  }

  @Override
  public Duration slept() {
    long slept = 0;
    for (Upset sleep : sleeps) {
      slept += sleep.end() * MILLI <= now ? sleep.length() : 0;
    }
    return Duration.ofMillis(slept);
  }

  /// Whether the agent has a network at that time.
  boolean isConnected(long nanos) {
    return cuts.stream().noneMatch(cut -> within(cut, nanos));
  }

  /// When that was in truth.
  long truth(Moment moment) {
    return moment.equals(Moment.UNBOUNDED)
        ? Long.MIN_VALUE
        : moment.nanos() + origins.get((int) moment.session() - 1);
  }

  void setWall(long millis) {
    wallAhead += millis * MILLI;
  }

  /// The monotonic clock starts anew.
  void reboot() {
    origins.add(now - 7 * MILLI);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    at(now + delay.toNanos(), task);
  }

  void at(long due, Runnable task) {
    tasks.add(new Task(due, order++, task));
  }

  void advanceTo(long end) {
    while (!tasks.isEmpty() && tasks.peek().due() <= end) {
      Task next = tasks.remove();
      now = Math.max(now, awake(next.due()));
      next.work().run();
    }
    now = Math.max(now, end);
  }

  private long awake(long due) {
    for (Upset pause : pauses) {
      if (within(pause, due)) {
        return pause.end() * MILLI;
      }
    }
    return due;
  }

  private static boolean within(Upset upset, long nanos) {
    return upset.at() * MILLI <= nanos && nanos < upset.end() * MILLI;
  }
}
