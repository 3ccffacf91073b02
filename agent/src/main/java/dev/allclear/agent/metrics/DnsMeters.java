package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Agreement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What nameservers and resolvers answer to a service's lookups. `name` is the lookup's.
final class DnsMeters {
  static final Gauges.Family TTL =
      new Gauges.Family(
          "allclear.dns.ttl",
          "seconds",
          "The smallest TTL in a server's last answer; none while it gives no answer.");

  private static final Gauges.Family AGREEMENT =
      new Gauges.Family(
          "allclear.dns.agreement",
          null,
          "Whether every server answered last and all said the same (1) or not (0); of a name that is"
              + " followed, whether it has converged at the resolvers that count.");

  private final MeterRegistry registry;
  private final Gauges gauges;
  private final Set<Tags> tracked = new HashSet<>();

  DnsMeters(MeterRegistry registry, Gauges gauges) {
    this.registry = registry;
    this.gauges = gauges;
  }

  void tracked(Cell cell, String lookup) {
    tracked.add(Labels.of(cell).and("name", lookup));
  }

  /// A lookup that was cut short shows nothing of the servers.
  void observed(Cell cell, Observation observation) {
    if (observation.depth() != Depth.DNS || observation.outcome() instanceof Outcome.Inconclusive) {
      return;
    }
    Tags name = Labels.of(cell).and("name", observation.probe());
    if (tracked.contains(name)) {
      gauges.show(AGREEMENT, name, observation.outcome().isPass() ? 1 : 0);
      return;
    }
    Map<Tags, Double> ttls = new HashMap<>();
    for (Reply.Dns answer : answers(observation)) {
      Tags server = Tags.of("server", answer.server());
      ttls.put(server, Seconds.of(answer.ttl()));
      latency(name.and(server)).record(answer.latency());
    }
    gauges.show(TTL, name, ttls);
    gauges.show(AGREEMENT, name, Agreement.of(observation.steps()).complete() ? 1 : 0);
  }

  private static List<Reply.Dns> answers(Observation observation) {
    return observation.steps().stream()
        .map(StepRun::reply)
        .filter(Reply.Dns.class::isInstance)
        .map(Reply.Dns.class::cast)
        .toList();
  }

  private Timer latency(Tags tags) {
    return latency(registry, tags);
  }

  static Timer latency(MeterRegistry registry, Tags tags) {
    return Timer.builder("allclear.dns.answer.latency")
        .description("From sending the question to receiving a server's answer.")
        .tags(tags)
        .register(registry);
  }
}
