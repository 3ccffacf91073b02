package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.schedule.Purpose;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Stream;

/// The HTTP requests that a service was sent, by what they are for. A connection that was refused,
/// or never made, carried none.
final class RequestMeters {
  private final MeterRegistry registry;

  RequestMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void asked(Cell cell, Purpose purpose, Observation observation) {
    counter(cell, purpose.label())
        .increment(
            Stream.concat(observation.steps().stream(), observation.cleanup().stream())
                .mapToDouble(RequestMeters::sent)
                .sum());
  }

  /// Over a held connection.
  void pinged(Cell cell) {
    counter(cell, "ping").increment();
  }

  private static double sent(StepRun step) {
    return step.reply() instanceof Reply.Http http && left(http.phases())
        ? 1.0 + http.hops().size()
        : 0;
  }

  /// As soon as it has left, an answer is waited for.
  private static boolean left(Phases phases) {
    return !phases.waiting().isZero() || !phases.receive().isZero();
  }

  private Counter counter(Cell cell, String purpose) {
    return Counter.builder("allclear.requests")
        .description("HTTP requests that were sent, by what for.")
        .tags(Labels.of(cell).and("purpose", purpose))
        .register(registry);
  }
}
