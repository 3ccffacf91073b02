package dev.allclear.agent;

import dev.allclear.agent.metrics.Metrics;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.schedule.Run;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Passes on to the metrics what the agent saw and decided; `last` is the last outage of a cell,
/// `measure` what is told of it.
record MetricsListener(
    Metrics metrics, Function<Cell, Optional<Incident>> last, Consumer<Incident> measure)
    implements Listener {
  @Override
  public void observed(Run run, Health health) {
    metrics.observed(run.check().cell(), run.observation(), run.lateness());
    metrics.asked(run.check().cell(), run.purpose(), run.observation());
    if (run.skipped() > 0) {
      metrics.skipped(run.check().cell(), run.check().probe().name(), run.skipped());
    }
    if (run.postponed()) {
      metrics.postponed(run.check().cell(), run.check().probe().name());
    }
    metrics.health(health);
  }

  @Override
  public void happened(Change change, Health health) {
    Optional<Incident> incident = last.apply(change.cell());
    metrics.happened(change, incident.orElse(null));
    incident.ifPresent(measure);
  }
}
