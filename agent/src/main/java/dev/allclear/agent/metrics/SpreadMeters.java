package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.propagation.Ttls;
import dev.allclear.agent.propagation.VerdictText;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Reply;
import dev.allclear.probes.Span;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Parts;
import dev.allclear.probes.propagation.Share;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.readiness.Budget;
import dev.allclear.probes.readiness.Delay;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How names that are followed spread, and how resolvers treat them. `name` is that of the lookup,
/// with the type where it has several.
final class SpreadMeters {
  private static final Duration LAG = Duration.ofSeconds(1);

  private static final Gauges.Family PUBLISHED =
      new Gauges.Family(
          "allclear.dns.authoritative.ttl",
          "seconds",
          "The longest TTL along the chain that the authorities publish.");

  private static final Gauges.Family FLIPPED =
      new Gauges.Family(
          "allclear.dns.flipped.ratio",
          null,
          "The share that has the new answer of the change under way; 1 while there is none.");

  private static final Gauges.Family STALE =
      new Gauges.Family(
          "allclear.dns.stale",
          "seconds",
          "How long a resolver gives the old answer though no cache that obeys can have it; 0 if it"
              + " does not.");

  private static final Gauges.Family PROPAGATION =
      new Gauges.Family(
          "allclear.dns.propagation",
          "seconds",
          "What the last change took, part by part, as far as it is known.");

  private static final Gauges.Family ETA =
      new Gauges.Family(
          "allclear.dns.eta.timestamp",
          "seconds",
          "When the last cache will give the new answer; none while no change is under way.");

  private static final Gauges.Family VERDICT =
      new Gauges.Family(
          "allclear.dns.verdict", null, "1 for each thing that is proven of a resolver.");

  private static final Gauges.Family WORST =
      new Gauges.Family(
          "allclear.dns.worst.case",
          "seconds",
          "From a change until no cache that obeys holds the old answer, as TTLs are in force now.");

  private static final Gauges.Family MARGIN =
      new Gauges.Family(
          "allclear.dns.rto.margin",
          "seconds",
          "What the worst case leaves of the service's RTO; negative: by so much it is infeasible.");

  private static final Gauges.Family FEASIBLE =
      new Gauges.Family(
          "allclear.dns.rto.feasible.ratio",
          null,
          "The share of users whose caches have the new answer in time for the RTO.");

  private static final Gauges.Family READY =
      new Gauges.Family(
          "allclear.dns.ready.timestamp",
          "seconds",
          "When the TTLs that are published now are all that counts.");

  private final MeterRegistry registry;
  private final Gauges gauges;

  SpreadMeters(MeterRegistry registry, Gauges gauges) {
    this.registry = registry;
    this.gauges = gauges;
  }

  void asked(Cell cell, Standing standing, StepRun step) {
    Tags server = name(cell, standing.subject().name()).and("server", step.name());
    Counter.builder("allclear.dns.queries")
        .description("Questions to servers by what came of them: answered, failed or silent.")
        .tags(server.and("outcome", outcome(standing, step)))
        .register(registry)
        .increment();
    if (step.reply() instanceof Reply.Dns answer) {
      DnsMeters.latency(registry, server).record(answer.latency());
    }
  }

  private static String outcome(Standing standing, StepRun step) {
    if (!(step.reply() instanceof Reply.Dns)) {
      return "silent";
    }
    return standing.records(step.name()) == null ? "failed" : "answered";
  }

  void show(Cell cell, Standing standing, Moment now) {
    Tags name = name(cell, standing.subject().name());
    Map<Tags, Double> ttls = new HashMap<>();
    standing
        .answers()
        .keySet()
        .forEach(server -> {
          Integer ttl = standing.ttl(server);
          if (ttl != null) {
            ttls.put(Tags.of("server", server), (double) ttl);
          }
        });
    gauges.show(DnsMeters.TTL, name, ttls);
    gauges.show(FLIPPED, name, flipped(standing, now));
    gauges.show(STALE, name, stale(standing, now));
    gauges.show(VERDICT, name, verdicts(standing.spread()));
    gauges.show(ETA, name, eta(standing));
    Spread last = standing.changing() ? standing.spread() : standing.before();
    gauges.show(PROPAGATION, name, last == null ? Map.of() : parts(last, standing.ordered()));
  }

  private static Map<Tags, Double> flipped(Standing standing, Moment now) {
    Map<Tags, Double> ratios = new HashMap<>();
    Spread spread = standing.spread();
    share(ratios, "resolvers", spread.resolvers(now), standing.changing());
    share(ratios, "caches", spread.caches(now), standing.changing());
    Share users = spread.users(now);
    if (users != null) {
      share(ratios, "users", users, standing.changing());
    }
    return ratios;
  }

  private static void share(Map<Tags, Double> ratios, String of, Share share, boolean changing) {
    boolean some = changing && share.all() > 0;
    Tags whose = Tags.of("of", of);
    ratios.put(whose.and("bound", "certain"), some ? share.certainPercent() / 100 : 1);
    ratios.put(whose.and("bound", "possible"), some ? share.possiblePercent() / 100 : 1);
  }

  private static Map<Tags, Double> stale(Standing standing, Moment now) {
    Map<Tags, Double> stale = new HashMap<>();
    for (Server resolver : standing.subject().resolvers()) {
      Moment since = standing.staleSince(resolver.name());
      Duration length = since == null ? Duration.ZERO : since.until(now);
      stale.put(Tags.of("server", resolver.name()), length.isNegative() ? 0 : Seconds.of(length));
    }
    return stale;
  }

  private static Map<Tags, Double> verdicts(Spread spread) {
    Map<Tags, Double> verdicts = new HashMap<>();
    for (Endpoint endpoint : spread.endpoints()) {
      Tags server = Tags.of("server", endpoint.resolver());
      spread
          .verdicts(endpoint)
          .forEach(verdict -> verdicts.put(server.and("verdict", VerdictText.word(verdict)), 1.0));
    }
    return verdicts;
  }

  private static Map<Tags, Double> eta(Standing standing) {
    Bounds last = standing.changing() ? standing.spread().eta(LAG).last() : null;
    return last == null
        ? Map.of()
        : Map.of(
            Tags.of("bound", "earliest"),
            Seconds.of(last.earliest().wall()),
            Tags.of("bound", "latest"),
            Seconds.up(last.latest().wall()));
  }

  /// Only somebody's word tells when the first part begins.
  private static Map<Tags, Double> parts(Spread spread, @Nullable Moment ordered) {
    Map<Tags, Double> lengths = new HashMap<>();
    Parts parts = ordered == null ? spread.parts() : spread.parts(ordered);
    part(lengths, "api", ordered == null ? null : parts.api());
    part(lengths, "sync", parts.sync());
    part(lengths, "tail", parts.tail());
    part(lengths, "whole", parts.whole());
    return lengths;
  }

  private static void part(Map<Tags, Double> lengths, String part, @Nullable Span span) {
    if (span != null) {
      Tags of = Tags.of("part", part);
      lengths.put(of.and("bound", "min"), Seconds.of(span.min()));
      lengths.put(of.and("bound", "likely"), Seconds.of(span.likely()));
      lengths.put(of.and("bound", "max"), Seconds.of(span.max()));
    }
  }

  void ttl(Cell cell, String name, @Nullable Integer seconds) {
    gauges.show(
        PUBLISHED,
        name(cell, name),
        seconds == null ? Map.of() : Map.of(Tags.empty(), (double) seconds));
  }

  void objective(Cell cell, String name, Ttls.@Nullable Objective objective) {
    Tags whose = name(cell, name);
    if (objective == null) {
      return;
    }
    gauges.show(WORST, whose, Seconds.of(objective.worst()));
    gauges.show(READY, whose, Seconds.up(objective.ready().wall()));
    switch (objective.verdict()) {
      case Budget.Verdict.Feasible(Duration spare, Delay _) -> feasible(whose, 1, spare);
      case Budget.Verdict.FeasibleFor(double share, Duration missing, Delay _, int _) ->
          feasible(whose, share, missing.negated());
      case Budget.Verdict.Infeasible(Duration missing, Delay _, int _) ->
          feasible(whose, 0, missing.negated());
    }
  }

  private void feasible(Tags whose, double share, Duration margin) {
    gauges.show(FEASIBLE, whose, share);
    gauges.show(MARGIN, whose, Seconds.of(margin));
  }

  private static Tags name(Cell cell, String name) {
    return Labels.of(cell).and("name", name);
  }
}
