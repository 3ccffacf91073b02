package dev.allclear.agent;

import dev.allclear.agent.metrics.Metrics;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.schedule.Run;

/// Passes on to the metrics what the agent saw and decided.
record MetricsListener(Metrics metrics) implements Listener {
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
    metrics.happened(change);
  }
}
