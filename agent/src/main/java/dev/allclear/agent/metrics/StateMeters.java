package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.State;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;

/// Where each cell stands, and its objective.
final class StateMeters {
  private static final Gauges.Family STATE =
      new Gauges.Family(
          "allclear.state", null, "1 for the state the service is in, 0 for every other.");

  private static final Gauges.Family OPEN =
      new Gauges.Family("allclear.outage.open", null, "Whether an outage is open (1) or not (0).");

  private static final Gauges.Family RTO =
      new Gauges.Family(
          "allclear.rto",
          "seconds",
          "The Recovery Time Objective; the label from is where its clock starts.");

  private final Gauges gauges;

  StateMeters(Gauges gauges) {
    this.gauges = gauges;
  }

  void objective(Cell cell, Rto rto) {
    Tags from = Tags.of("from", rto.from().label());
    gauges.show(RTO, Labels.of(cell), Map.of(from, Seconds.of(rto.target())));
  }

  void health(Health health) {
    Map<Tags, Double> states = new HashMap<>();
    String standing = health.label();
    for (String label : State.labels()) {
      states.put(Tags.of("state", label), standing.equals(label) ? 1.0 : 0.0);
    }
    Tags owner = Labels.of(health.cell());
    gauges.show(STATE, owner, states);
    gauges.show(OPEN, owner, health.incident() == null ? 0 : 1);
  }
}
