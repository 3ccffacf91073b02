package dev.allclear.agent;

import dev.allclear.agent.metrics.Metrics;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.State;
import dev.allclear.agent.outage.Track;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Scheduler;
import dev.allclear.agent.tripwire.Grip;
import dev.allclear.agent.tripwire.Owner;
import dev.allclear.agent.tripwire.Reason;

/// What tripwires do to an agent.
record Tripping(Scheduler scheduler, Recorder recorder, Metrics metrics) implements Owner {
  @Override
  public void look(Check check) {
    scheduler.hasten(check);
  }

  @Override
  public void press(Check check) {
    scheduler.press(check);
  }

  @Override
  public boolean isWell(Cell cell) {
    Health health = recorder.health(cell);
    boolean up =
        health.state() instanceof State.Healthy || health.state() instanceof State.Verified;
    return up && health.required().stream().noneMatch(Track::isDoubted);
  }

  @Override
  public void stands(Cell cell, Grip grip) {
    metrics.tripwire(cell, grip);
  }

  @Override
  public void broke(Cell cell, Reason reason) {
    metrics.tripped(cell, reason);
  }

  @Override
  public void asked(Cell cell) {
    metrics.tripwireAsked(cell);
  }
}
