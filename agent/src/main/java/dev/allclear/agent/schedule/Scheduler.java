package dev.allclear.agent.schedule;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Policy;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Starts each check when it is due, one run of a check at a time except where the cadence lets
/// them overlap, and asks the cadence anew for all checks of a cell when one of them has told
/// something. Any thread; guarded by its lock, under which nothing is run and nobody is called
/// back.
public final class Scheduler {
  private final Clock clock;
  private final Timer timer;
  private final Runner runner;
  private final RandomGenerator random;
  private final Function<Cell, Health> healths;
  private final Consumer<Run> sink;
  private final List<Slot> slots = new ArrayList<>();
  private final Budget budget = new Budget();
  private boolean stopped;

  /// `sink` is called on the thread that tells of a run, before the next run is planned.
  public Scheduler(
      Clock clock,
      Timer timer,
      Runner runner,
      RandomGenerator random,
      Function<Cell, Health> healths,
      Consumer<Run> sink) {
    this.clock = clock;
    this.timer = timer;
    this.runner = runner;
    this.random = random;
    this.healths = healths;
    this.sink = sink;
  }

  /// A check's place in the schedule: when the runs under way began, and the latest of those that
  /// have told something; and whether another is planned. A timer that fires for an older `plan` is
  /// void.
  private static final class Slot {
    final Check check;
    final Policy policy;
    final double phase;
    Moment due;
    Moment lastStart;
    long plan;
    boolean planned;
    final List<Moment> underWay = new ArrayList<>();
    @Nullable Moment told;
    boolean inconclusive;
    boolean hastened;
    int pressing;
    boolean postponed;
    String plannedIn = "";

    Slot(Check check, Policy policy, double phase, Moment due) {
      this.check = check;
      this.policy = policy;
      this.phase = phase;
      this.due = due;
      this.lastStart = due;
    }

    /// A run that began before one that has told proves nothing any more: it need not be waited
    /// for, as long as there are not too many.
    boolean isBusy(int atOnce) {
      int telling = 0;
      for (Moment start : underWay) {
        telling += isEarlier(start, told) ? 0 : 1;
      }
      return telling >= atOnce || underWay.size() > Cadence.MOST_AT_ONCE;
    }
  }

  /// First runs are spread over the check's interval, a second at most.
  public synchronized void add(Check check, Policy policy) {
    Moment now = clock.now();
    Duration spread = check.every().compareTo(Cadence.LEARN) < 0 ? check.every() : Cadence.LEARN;
    Slot slot =
        new Slot(
            check,
            policy,
            random.nextDouble(),
            now.plus(Duration.ofNanos(random.nextLong(spread.toNanos()))));
    slots.add(slot);
    plan(slot, slot.due, now);
  }

  /// The check is due now, or as soon as its runs under way have ended: something may be wrong.
  public synchronized void hasten(Check check) {
    hasten(check, false);
  }

  /// The same, and if no answer comes at once as many runs begin as it takes to confirm an outage:
  /// each would wait for its time-out, one after the other.
  public synchronized void press(Check check) {
    hasten(check, true);
  }

  private void hasten(Check check, boolean pressing) {
    Moment now = clock.now();
    for (Slot slot : slots) {
      if (slot.check.equals(check) && !stopped) {
        slot.pressing = pressing ? slot.policy.confirm() : 1;
        slot.hastened = slot.isBusy(atOnce(slot));
        if (!slot.hastened) {
          plan(slot, now, now);
        }
      }
    }
  }

  private int atOnce(Slot slot) {
    Health health = healths.apply(slot.check.cell());
    return Math.max(slot.pressing, Cadence.atOnce(health, slot.check));
  }

  /// Starts nothing any more. Runs under way end as they will and are not told.
  public synchronized void stop() {
    stopped = true;
  }

  private void plan(Slot slot, Moment due, Moment now) {
    slot.due = due;
    slot.postponed = false;
    planAt(slot, due, now);
  }

  private void planAt(Slot slot, Moment at, Moment now) {
    slot.planned = true;
    long plan = ++slot.plan;
    Duration delay = now.until(at);
    timer.after(delay.isNegative() ? Duration.ZERO : delay, () -> fire(slot, plan));
  }

  /// Nothing waits for its budget longer than its interval without becoming urgent.
  private Moment admitted(Slot slot, Health health, Moment now) {
    boolean waitedLong = slot.due.until(now).compareTo(slot.check.every()) >= 0;
    boolean urgent = waitedLong || Cadence.isUrgent(health);
    return budget.admit(slot.check.asks(), urgent, now);
  }

  private void fire(Slot slot, long plan) {
    Moment start;
    Duration lateness;
    boolean overlapping;
    boolean postponed;
    Purpose purpose;
    synchronized (this) {
      if (stopped || slot.plan != plan) {
        return;
      }
      slot.planned = false;
      Health health = healths.apply(slot.check.cell());
      int atOnce = atOnce(slot);
      if (slot.isBusy(atOnce)) {
        return;
      }
      overlapping = atOnce > 1;
      start = clock.now();
      Moment admitted = admitted(slot, health, start);
      if (start.isBefore(admitted)) {
        planAt(slot, admitted, start);
        slot.postponed = true;
        return;
      }
      postponed = slot.postponed;
      lateness = slot.due.until(start);
      purpose = slot.pressing > 0 ? Purpose.CONFIRM : Cadence.purpose(health, slot.check);
      slot.underWay.add(start);
      slot.lastStart = start;
      if (!slot.isBusy(atOnce)) {
        Moment again = Moment.later(next(slot, health, start), start.plus(Cadence.CONFIRM));
        plan(slot, slot.pressing > 0 ? start.plus(Cadence.PRESS) : again, start);
      }
    }
    Duration late = lateness.isNegative() ? Duration.ZERO : lateness;
    runner.start(
        slot.check,
        observation -> told(slot, start, late, overlapping, postponed, purpose, observation));
  }

  private void told(
      Slot slot,
      Moment start,
      Duration lateness,
      boolean overlapping,
      boolean postponed,
      Purpose purpose,
      Observation observation) {
    long took = start.until(observation.told()).toNanos();
    long skipped = overlapping ? 0 : took / slot.check.every().toNanos();
    try {
      if (!isStopped()) {
        sink.accept(new Run(slot.check, observation, lateness, skipped, postponed, purpose));
      }
    } finally {
      // Whatever becomes of this run, the check must run again.
      finished(slot, start, observation);
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private synchronized void finished(Slot slot, Moment start, Observation observation) {
    boolean inconclusive = observation.outcome() instanceof Outcome.Inconclusive;
    if (!inconclusive && slot.check.asks().size() == 1) {
      budget.told(slot.check.asks(), isTooMuch(observation), clock.now());
    }
    slot.underWay.remove(start);
    slot.told = inconclusive || isEarlier(start, slot.told) ? slot.told : start;
    slot.inconclusive = inconclusive;
    if (slot.pressing > 0 && !slot.hastened) {
      slot.pressing = 0;
      slot.planned = false;
      slot.plan++;
    }
    if (stopped) {
      return;
    }
    Moment now = clock.now();
    Health health = healths.apply(slot.check.cell());
    slots.stream()
        .filter(each -> each.check.cell().equals(slot.check.cell()))
        .filter(each -> !each.isBusy(atOnce(each)))
        .forEach(
            each -> replan(each, health, now, each == slot && Cadence.isQuick(health, each.check)));
  }

  /// Too Many Requests (RFC 6585, section 4).
  private static boolean isTooMuch(Observation observation) {
    return observation.steps().stream()
        .map(StepRun::reply)
        .anyMatch(reply -> reply instanceof Reply.Http http && http.status() == 429);
  }

  private static boolean isEarlier(Moment start, @Nullable Moment told) {
    return told != null && start.isBefore(told);
  }

  /// A planned run moves only when the state has changed, or a quick run has ended, and makes it
  /// due earlier: drawing its jitter again and again would always find an earlier one.
  private void replan(Slot slot, Health health, Moment now, boolean quick) {
    if (slot.hastened) {
      slot.hastened = false;
      plan(slot, now, now);
      return;
    }
    String state = health.state().label();
    if (slot.planned && state.equals(slot.plannedIn) && !quick) {
      return;
    }
    slot.plannedIn = state;
    Moment due = next(slot, health, now);
    if (!slot.planned || slot.postponed || due.isBefore(slot.due)) {
      plan(slot, due, now);
    }
  }

  /// A run that told nothing is not repeated at once: where the agent lacks what a probe needs,
  /// each would end as soon as it began.
  private Moment next(Slot slot, Health health, Moment now) {
    Duration delay = Cadence.delay(health, slot.check, slot.policy, random);
    Moment due = delay.equals(slot.check.every()) ? nextOnGrid(slot) : slot.lastStart.plus(delay);
    Moment earliest = slot.inconclusive ? slot.lastStart.plus(Cadence.CONFIRM) : now;
    return Moment.later(Moment.later(due, earliest), now);
  }

  /// Slots lie at whole intervals plus the check's own phase: starts are spread over the interval
  /// and do not drift.
  private static Moment nextOnGrid(Slot slot) {
    long every = slot.check.every().toNanos();
    long offset = (long) (slot.phase * every);
    long into = Math.floorMod(slot.lastStart.nanos() - offset, every);
    return slot.lastStart.plus(Duration.ofNanos(every - into));
  }
}
