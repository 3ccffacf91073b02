package dev.allclear.agent.sight;

import dev.allclear.agent.outage.Blindness;
import dev.allclear.agent.outage.Event;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The last reading of the clocks, of which there is one every quarter of a second at least. What
/// the next one shows beside the time that has passed: that the agent did not get to run, or that
/// somebody set the wall clock. `slept` is how long the machine was suspended since it began.
public record Beat(Moment at, Duration slept) {
  public static final Duration EVERY = Duration.ofMillis(250);

  /// Shorter pauses happen on busy machines, and are within what a time-out allows.
  private static final Duration LATE = Duration.ofSeconds(1);

  private static final Duration STEP = Duration.ofMillis(250);

  /// What happened until `next`.
  public List<Event> until(Beat next) {
    List<Event> events = new ArrayList<>();
    Duration passed = at.until(next.at);
    if (passed.compareTo(EVERY.plus(LATE)) > 0) {
      events.add(blind(next));
    }
    Duration step = Duration.between(at.wall(), next.at.wall()).minus(passed);
    if (step.abs().compareTo(STEP) > 0) {
      events.add(new Event.ClockSet(next.at, step));
    }
    return List.copyOf(events);
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
