package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Blindness;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.probes.Moment;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/// What this agent is, and whether it keeps up with its schedule.
final class AgentMeters {
  private static final Gauges.Family BUILD =
      new Gauges.Family("allclear.build.info", null, "The version of the agent and of its Java.");

  private static final Gauges.Family VANTAGE =
      new Gauges.Family("allclear.vantage.info", null, "The region the agent looks from.");

  private static final Gauges.Family CONTROL =
      new Gauges.Family(
          "allclear.control.up", null, "Whether this witness of the agent's own network answers.");

  private final MeterRegistry registry;
  private final Gauges gauges;
  private final Timer lateness;
  private Moment blindUntil = Moment.UNBOUNDED;
  private Moment clockSetAt = Moment.UNBOUNDED;

  AgentMeters(MeterRegistry registry, Gauges gauges, Vantage vantage, String version) {
    this.registry = registry;
    this.gauges = gauges;
    this.lateness =
        Timer.builder("allclear.scheduler.lateness")
            .description("How long after its due time a run began.")
            .register(registry);
    String java = Runtime.version().toString();
    gauges.show(BUILD, Tags.of("version", version, "java", java), 1);
    gauges.show(VANTAGE, Tags.of("vantage_region", vantage.region()), 1);
    for (Blindness why : Blindness.values()) {
      blind(why);
    }
    steps(false);
    steps(true);
  }

  void witness(String name, boolean answered) {
    gauges.show(CONTROL, Tags.of("witness", name), answered ? 1 : 0);
  }

  /// Each service tells of the same blindness.
  void blind(Event.Blind blind) {
    Moment from = Moment.later(blind.from(), blindUntil);
    if (from.isBefore(blind.at())) {
      blind(blind.why()).increment(Seconds.of(from.until(blind.at())));
      blindUntil = blind.at();
    }
  }

  /// Each service tells of the same step.
  void clockSet(Event.ClockSet set) {
    if (!set.at().equals(clockSetAt)) {
      steps(set.by().isNegative()).increment();
      clockSetAt = set.at();
    }
  }

  private Counter steps(boolean back) {
    return Counter.builder("allclear.clock.steps")
        .description("How often somebody set the wall clock.")
        .tags(Tags.of("direction", back ? "back" : "forward"))
        .register(registry);
  }

  private Counter blind(Blindness why) {
    return Counter.builder("allclear.blind")
        .baseUnit("seconds")
        .description("Time in which this agent could not see, by the reason.")
        .tags(Tags.of("reason", why.label()))
        .register(registry);
  }

  void late(Duration by) {
    lateness.record(by);
  }

  void postponed(Cell cell, String probe) {
    Counter.builder("allclear.runs.postponed")
        .description("Runs that began later since their target's budget was spent.")
        .tags(Labels.of(cell, probe))
        .register(registry)
        .increment();
  }

  void skipped(Cell cell, String probe, long runs) {
    Counter.builder("allclear.runs.skipped")
        .description("Runs left out because the one before had not ended.")
        .tags(Labels.of(cell, probe))
        .register(registry)
        .increment((double) runs);
  }
}
