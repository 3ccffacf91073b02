package dev.allclear.agent.outage;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Tells observations to the fold and keeps what came of them. Times are milliseconds since the
/// story began.
final class Story {
  static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  final List<Event> events = new ArrayList<>();
  Health health;
  private final Map<String, Depth> required;
  private final Outage outage;

  Story(Policy policy, Map<String, Depth> required) {
    this.outage = new Outage(policy);
    this.required = required;
    this.health = Health.unknown(SHOP, required);
  }

  /// 3 of 4 fails confirm; 3 passes over 2 s verify; the hold is 5 s.
  static Policy policy() {
    return new Policy(
        new Rto(Duration.ofSeconds(30), Rto.From.ONSET),
        3,
        4,
        3,
        Duration.ofSeconds(2),
        Duration.ofSeconds(5));
  }

  static Moment at(long millis) {
    return new Moment(EPOCH.plusMillis(millis), millis * 1_000_000, 1);
  }

  Story pass(String probe, long begin, long end) {
    return tell(probe, begin, end, Outcome.pass());
  }

  Story fail(String probe, long begin, long end) {
    return tell(probe, begin, end, Outcome.fail(Cause.STATUS, "status 503, expected 200-299"));
  }

  Story tell(String probe, long begin, long end, Outcome outcome) {
    Depth depth = required.getOrDefault(probe, Depth.SHALLOW);
    return tell(new Observation(probe, depth, at(begin), at(end), List.of(), outcome));
  }

  Story tell(Observation observation) {
    Outage.Decision decision = outage.decide(health, observation);
    events.addAll(decision.events());
    health = decision.health();
    return this;
  }

  /// What the witnesses of the agent's network say.
  Story round(long begin, long end, boolean passed) {
    String reason = passed ? "" : "no witness answers";
    Outage.Decision decision = outage.decide(health, new Round(at(begin), at(end), passed, reason));
    events.addAll(decision.events());
    health = decision.health();
    return this;
  }

  /// What an event outside any observation does.
  Story happen(Event event) {
    events.add(event);
    health = health.after(event);
    return this;
  }

  String state() {
    return health.state().label();
  }

  Incident incident() {
    return History.of(events.stream().map(event -> new Change(SHOP, event)).toList())
        .incidents()
        .getLast();
  }

  List<String> kinds() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }
}
