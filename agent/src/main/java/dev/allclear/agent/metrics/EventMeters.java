package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

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
    unobserved(cell);
    recoveries(cell, Verdict.MET);
    recoveries(cell, Verdict.MISSED);
    recoveries(cell, Verdict.INCONCLUSIVE);
  }

  void happened(Change change) {
    Cell cell = change.cell();
    switch (change.event()) {
      case Event.Relapsed _ -> falseRecoveries(cell).increment();
      case Event.FalseStart _ -> falseStarts(cell).increment();
      case Event.Blipped _ -> blips(cell).increment();
      case Event.Blind blind -> unobserved(cell).increment(Seconds.of(blind.length()));
      case Event.Healthy _, Event.Suspected _, Event.Detected _, Event.AlsoFailing _ -> {}
      case Event.FirstGood _, Event.Verifying _, Event.Verified _, Event.Closed _ -> {}
      case Event.Claimed _, Event.Dns _ -> {}
    }
  }

  /// A closed outage; its verdict is final.
  void recovered(Incident incident) {
    incident
        .closed()
        .ifPresent(end -> recoveries(incident.cell(), incident.verdict(end)).increment());
  }

  private Counter recoveries(Cell cell, Verdict verdict) {
    return counter(
        "allclear.recoveries",
        "Outages that were closed, by their verdict.",
        Labels.of(cell).and("verdict", verdict.label()));
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
