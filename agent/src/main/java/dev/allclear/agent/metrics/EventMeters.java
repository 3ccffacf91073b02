package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Kind;
import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/// Counters of what is rare. They are functions of the ledger: a restart counts its events again
/// and comes to the same numbers.
final class EventMeters {
  private final MeterRegistry registry;

  EventMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Shows zeros: a counter that appears with its first increment hides it from `increase()`.
  void watched(Cell cell) {
    falseRecoveries(cell);
    falseStarts(cell);
    blips(cell);
    claims(cell);
    overdue(cell);
    unobserved(cell);
    List.of(Verdict.MET, Verdict.MISSED, Verdict.INCONCLUSIVE)
        .forEach(verdict -> recoveries(cell, verdict, Kind.OUTAGE, Level.DOWN));
  }

  void happened(Change change) {
    Cell cell = change.cell();
    switch (change.event()) {
      case Event.Relapsed _ -> falseRecoveries(cell).increment();
      case Event.FalseStart _ -> falseStarts(cell).increment();
      case Event.Blipped _ -> blips(cell).increment();
      case Event.Blind blind -> unobserved(cell).increment(Seconds.of(blind.length()));
      case Event.Healthy _, Event.Suspected _, Event.Detected _, Event.AlsoFailing _ -> {}
      case Event.LostSight _, Event.ClockSet _ -> {}
      case Event.DepthsDiffer _, Event.DepthsAgree _, Event.Waits _, Event.Served _ -> {}
      case Event.FirstGood _, Event.Verifying _, Event.Verified _, Event.Closed _ -> {}
      case Event.Flapping _, Event.Worsened _, Event.Eased _, Event.Overran _ -> {}
      case Event.Overdue _ -> overdue(cell).increment();
      case Event.Claimed _ -> claims(cell).increment();
      case Event.Dns _ -> {}
    }
  }

  /// A closed outage; its verdict is final, for each level that it reached.
  void recovered(Incident incident) {
    incident
        .closed()
        .ifPresent(end ->
            incident
                .spells()
                .forEach(spell -> {
                  Verdict verdict = incident.verdict(spell, end);
                  recoveries(incident.cell(), verdict, incident.kind(), spell.level()).increment();
                }));
  }

  private Counter recoveries(Cell cell, Verdict verdict, Kind kind, Level level) {
    return counter(
        "allclear.recoveries",
        "Outages that were closed, by their verdict at each level that they reached.",
        Labels.of(cell)
            .and("verdict", verdict.label(), "kind", kind.label(), "level", level.name()));
  }

  private Counter falseRecoveries(Cell cell) {
    return counter(
        "allclear.false.recoveries",
        "Relapses: confirmed fails after verification, before the hold ended.",
        Labels.of(cell));
  }

  private Counter falseStarts(Cell cell) {
    return counter(
        "allclear.false.starts",
        "Recoveries that failed again before they were verified.",
        Labels.of(cell));
  }

  private Counter blips(Cell cell) {
    return counter("allclear.blips", "Suspicions that were not confirmed.", Labels.of(cell));
  }

  private Counter overdue(Cell cell) {
    return counter(
        "allclear.remediations.overdue",
        "Outages about which nobody claimed in time to do anything.",
        Labels.of(cell));
  }

  private Counter claims(Cell cell) {
    return counter(
        "allclear.claims",
        "What people and tools said of the service, changes of names that are followed apart.",
        Labels.of(cell));
  }

  private Counter unobserved(Cell cell) {
    return Counter.builder("allclear.unobserved")
        .baseUnit("seconds")
        .description("Time in which the agent could not see, counted neither as up nor as down.")
        .tags(Labels.of(cell))
        .register(registry);
  }

  private Counter counter(String name, String help, Tags tags) {
    return Counter.builder(name).description(help).tags(tags).register(registry);
  }
}
