package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.tripwire.Grip;
import dev.allclear.agent.tripwire.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;

/// The connections that are held open, and why they broke.
final class TripwireMeters {
  private static final Gauges.Family STATE =
      new Gauges.Family(
          "allclear.tripwire.state", null, "1 for where the held connection stands, 0 else.");

  private final MeterRegistry registry;
  private final Gauges gauges;

  TripwireMeters(MeterRegistry registry, Gauges gauges) {
    this.registry = registry;
    this.gauges = gauges;
  }

  void stands(Cell cell, Grip grip) {
    Map<Tags, Double> states = new HashMap<>();
    for (Grip each : Grip.values()) {
      states.put(Tags.of("state", each.label()), each == grip ? 1.0 : 0.0);
    }
    gauges.show(STATE, Labels.of(cell), states);
  }

  void broke(Cell cell, Reason reason) {
    Counter.builder("allclear.tripwire.breaks")
        .description("Held connections that broke, by what was found to be the reason.")
        .tags(Labels.of(cell).and("reason", reason.label()))
        .register(registry)
        .increment();
  }

  void asked(Cell cell) {
    Counter.builder("allclear.tripwire.requests")
        .description("Requests and PINGs over held connections, beside the runs of probes.")
        .tags(Labels.of(cell))
        .register(registry)
        .increment();
  }
}
