package dev.allclear.agent.sight;

import dev.allclear.agent.outage.Blindness;
import dev.allclear.agent.outage.Event;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The last reading of the clocks, of which there is one every quarter of a second at least. What
/// the next one shows beside the time that has passed: that the agent did not get to run, or that
/// somebody set the wall clock. `slept` is how long the machine was suspended since it began.
public record Beat(Moment at, Duration slept) {
  public static final Duration EVERY = Duration.ofMillis(250);

  /// Shorter pauses happen on busy machines, and are within what a time-out allows.
  private static final Duration LATE = Duration.ofSeconds(1);

  private static final Duration STEP = Duration.ofMillis(250);

  /// By one part of so many a clock may be slewed, and more: Linux does half of that at most.
  private static final int SLEW = 1000;

  /// What happened until `next`.
  public List<Event> until(Beat next) {
    List<Event> events = new ArrayList<>();
    Duration passed = at.until(next.at);
    if (passed.compareTo(EVERY.plus(LATE)) > 0) {
      events.add(blind(next));
    }
    clockSet(at, next.at).ifPresent(events::add);
    return List.copyOf(events);
  }

  /// What was done to the wall clock in between, as far as the monotonic one tells.
  public static Optional<Event.ClockSet> clockSet(Moment last, Moment next) {
    if (last.session() != next.session()) {
      return Optional.empty();
    }
    Duration passed = last.until(next);
    Duration step = Duration.between(last.wall(), next.wall()).minus(passed);
    Duration slewed = passed.abs().dividedBy(SLEW);
    return step.abs().compareTo(STEP.plus(slewed)) > 0
        ? Optional.of(new Event.ClockSet(next, step))
        : Optional.empty();
  }

  /// Whatever was read between the last beat and when the next was due was read in time.
  private Event blind(Beat next) {
    Moment due = at.plus(EVERY);
    String length = Figures.length(due.until(next.at));
    return next.slept.minus(slept).compareTo(LATE.dividedBy(2)) > 0
        ? new Event.Blind(
            next.at, due, Blindness.SUSPENDED, "the machine was suspended for " + length)
        : new Event.Blind(next.at, due, Blindness.STOPPED, "the agent was stopped for " + length);
  }
}
