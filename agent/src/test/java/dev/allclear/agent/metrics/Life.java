package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Blindness;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Said.DetectorFired;
import dev.allclear.agent.outage.Said.Mode;
import dev.allclear.agent.outage.Said.RestoreCompleted;
import dev.allclear.agent.outage.Said.RestoreProgress;
import dev.allclear.agent.outage.Said.Result;
import dev.allclear.agent.outage.Said.RollbackCompleted;
import dev.allclear.agent.outage.Said.RollbackStarted;
import dev.allclear.agent.outage.Said.StepFinished;
import dev.allclear.agent.outage.Said.StepStarted;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.agent.propagation.Ttls;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.recovery.Tale;
import dev.allclear.agent.tripwire.Grip;
import dev.allclear.agent.tripwire.Reason;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Authorities;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.readiness.Budget;
import dev.allclear.probes.readiness.Delay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A life in which everything happens once that a metric tells of.
final class Life {
  static final Cell CHECKOUT = new Cell("checkout", "eu");
  static final Cell TILL = new Cell("till", "eu");
  static final Vantage VANTAGE = new Vantage("eu-west-1a", "eu-west");
  static final Rto RTO = new Rto(Duration.ofMinutes(2), Rto.From.ONSET);

  private Life() {}

  /// Seconds after the start of 2026.
  static Moment at(double seconds) {
    Moment start = new Moment(Instant.parse("2026-01-01T00:00:00Z"), 0, 1);
    return start.plus(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  static Bounds between(double earliest, double latest) {
    return Bounds.between(at(earliest), at(latest));
  }

  static Event.Detected detected(Bounds onset, double at) {
    return new Event.Detected(
        at(at), "checkout-eu-1", onset, Set.of("home"), "home", Cause.STATUS, "503", RTO);
  }

  static List<Event> events() {
    return List.of(
        new Event.Healthy(at(1)),
        new Event.Suspected(at(2), "home", between(1, 2), Cause.TIMEOUT, "no answer"),
        new Event.Blipped(at(3), "home", between(1, 2), between(2, 3)),
        new Event.Suspected(at(11), "home", between(10, 11), Cause.STATUS, "503"),
        detected(between(10, 11), 12),
        new Event.LostSight(at(21), at(20), "no witness answers"),
        new Event.Blind(at(22.5), at(20), Blindness.NETWORK, "no witness answered"),
        new Event.ClockSet(at(23), Duration.ofHours(1)),
        new Event.DepthsDiffer(at(31), between(30, 31)),
        new Event.DepthsAgree(at(32), between(31, 32)),
        new Event.FirstGood(at(31), "home", between(30, 31), Set.of()),
        new Event.Verifying(at(32)),
        new Event.FalseStart(at(33), "home", between(32, 33), Cause.STATUS, "503"),
        new Event.FirstGood(at(36), "home", between(35, 36), Set.of()),
        new Event.Verifying(at(37)),
        new Event.Verified(at(40), between(35, 36)),
        new Event.Relapsed(at(42), "home", between(41, 42), Cause.STATUS, "503"),
        new Event.FirstGood(at(51), "home", between(50, 51), Set.of()),
        new Event.Verifying(at(52)),
        new Event.Verified(at(62), between(50, 51)),
        new Event.Closed(at(362)));
  }

  static List<Change> changes() {
    return events().stream().map(event -> new Change(CHECKOUT, event)).toList();
  }

  private static Reply answered() {
    return answered(Reply.Labels.NONE);
  }

  private static Reply answered(Reply.Labels labels) {
    Phases phases =
        new Phases(
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(3),
            Duration.ofMillis(4),
            Duration.ofMillis(50),
            Duration.ofMillis(6));
    return new Reply.Http(
        "GET https://shop.example/", 200, "h2", "192.0.2.1", 12, phases, List.of(), "", labels);
  }

  static Observation journey(Outcome outcome, String... steps) {
    Reply reply = answered();
    List<StepRun> runs =
        List.of(steps).stream()
            .map(step -> new StepRun(step, at(1), at(1.3), outcome, reply))
            .toList();
    return new Observation("buy", Depth.DEEP, at(1), at(1.3), runs, outcome);
  }

  /// A step that says who answered, so many seconds after the start.
  static Observation labelled(String servedBy, String version, Outcome outcome, double seconds) {
    Reply reply = answered(new Reply.Labels(servedBy, version));
    StepRun home = new StepRun("home", at(seconds), at(seconds), outcome, reply);
    return new Observation("buy", Depth.DEEP, at(seconds), at(seconds), List.of(home), outcome);
  }

  /// Waits for one thing, skips another, and fails to clean up.
  static Observation polled(int tries) {
    StepRun booked =
        new StepRun("booked", at(1), at(1.3), Outcome.pass(), answered())
            .in(new Manner.Polled(tries), at(1), at(1.3), Outcome.pass());
    StepRun cancel =
        new StepRun("cancel", at(1.3), at(1.4), Outcome.fail(Cause.STATUS, "404"), Reply.nothing());
    return new Observation(
        "buy",
        Depth.DEEP,
        at(1),
        at(1.3),
        List.of(booked, StepRun.skipped("gold", at(1.3), "no gold")),
        Outcome.pass(),
        List.of(cancel));
  }

  static Observation lookup(Map<String, String> addresses, Outcome outcome) {
    List<StepRun> runs =
        addresses.entrySet().stream()
            .map(answer -> answered(answer.getKey(), answer.getValue()))
            .toList();
    return new Observation("shop.example", Depth.DNS, at(1), at(2), runs, outcome);
  }

  /// An empty address stands for no answer.
  private static StepRun answered(String server, String address) {
    if (address.isEmpty()) {
      Outcome silence = Outcome.fail(Cause.TIMEOUT, "no answer");
      return new StepRun(server, at(1), at(2), silence, Reply.nothing());
    }
    Reply reply =
        new Reply.Dns(
            server,
            false,
            "NOERROR",
            List.of(address),
            Duration.ofSeconds(60),
            Duration.ofMillis(20));
    return new StepRun(server, at(1), at(1.02), Outcome.pass(), reply);
  }

  /// A change at one authority, of which one of two resolvers took no notice yet.
  static Standing spreading() {
    Server ns = Server.parse("ns", "192.0.2.51").asAuthority();
    Server users = Server.parse("users", "192.0.2.53");
    Server office = Server.parse("office", "192.0.2.54");
    Subject subject =
        Subject.lasting(
            "www.example",
            new Question("www.example", "A"),
            null,
            List.of(ns),
            List.of(users, office),
            Map.of("users", 3, "office", 1),
            Duration.ofSeconds(5));
    Authorities authorities =
        Authorities.of(List.of("ns"))
            .with("ns", Sighting.of(at(9), at(9.02), Said.OLD, 10))
            .with("ns", Sighting.of(at(10), at(10.02), Said.NEW, 10));
    Spread spread =
        new Spread(
            at(9),
            false,
            10,
            authorities,
            List.of(
                Endpoint.flipped("users", "www.example A", 3, Map.of("", between(15, 16))),
                Endpoint.of("office", "www.example A", 1)
                    .with(Sighting.of(at(28), at(28.02), Said.OLD, 6))));
    Map<String, StepRun> answers =
        Map.of(
            "users", answered("users", "192.0.2.2"),
            "office", answered("office", "192.0.2.1"));
    return new Standing(
        subject, answers, List.of("192.0.2.1"), true, spread, null, null, List.of());
  }

  /// No change, and one resolver left.
  static Standing quiet() {
    Standing before = spreading();
    Subject subject = before.subject();
    Subject smaller =
        Subject.lasting(
            subject.name(),
            subject.question(),
            null,
            subject.authorities(),
            subject.resolvers().subList(1, 2),
            Map.of(),
            subject.every());
    Spread spread =
        new Spread(
            at(9),
            false,
            10,
            Authorities.of(List.of("ns")),
            List.of(Endpoint.of("office", "www.example A", 0)));
    Map<String, StepRun> answers = Map.of("office", answered("office", "192.0.2.2"));
    return new Standing(
        smaller, answers, List.of("192.0.2.2"), false, spread, null, null, List.of());
  }

  /// As an agent passes it on, which knows the last outage.
  static void happened(Metrics metrics, List<Change> changes) {
    History history = new History();
    for (Change change : changes) {
      history.add(change);
      metrics.happened(change, history.last(change.cell()).orElse(null));
    }
  }

  /// An outage of which everything is claimed that a metric tells of.
  static Incident claimed() {
    Tale tale = Tale.of(TILL.service()).says(105, new DetectorFired("prometheus", "TillDown"));
    tale.says(120, new RollbackStarted("2", "1")).says(130, new RollbackCompleted("2", "1"));
    tale.says(140, new StepStarted("restore", Mode.AUTO, ""));
    tale.says(145, new RestoreProgress("db", 100, 1000));
    tale.says(155, new RestoreProgress("db", 300, 1000));
    tale.says(146, new RestoreProgress("files", 1, 10))
        .says(156, new RestoreProgress("files", 3, 10));
    tale.says(160, new StepFinished("restore", Mode.AUTO, Result.FAILED, "disk full"));
    return tale.says(170, new RestoreCompleted("db")).restored(180, 181, 190).incident();
  }

  private static void recovering(Metrics metrics) {
    Incident till = claimed();
    Incident ledger = Tale.of("ledger").restored(150, 151, 160).incident();
    Expected expected = new Expected(List.of("ledger"), List.of());
    metrics.measured(till, Measures.of(till, expected, List.of(ledger), at(200)), at(200));
  }

  static Metrics lived() {
    Metrics metrics = new Metrics(VANTAGE, "0.1.0");
    metrics.watched(CHECKOUT, RTO);
    metrics.health(Health.unknown(CHECKOUT, Map.of("home", Depth.SHALLOW)));
    happened(metrics, changes());
    recovering(metrics);
    metrics.observed(CHECKOUT, journey(Outcome.pass(), "log in", "pay"), Duration.ofMillis(3));
    metrics.observed(CHECKOUT, polled(3), Duration.ZERO);
    metrics.observed(TILL, labelled("eu-1", "1.4.2", Outcome.pass(), 5), Duration.ZERO);
    metrics.observed(CHECKOUT, lookup(Map.of("users", "192.0.2.1"), Outcome.pass()), Duration.ZERO);
    metrics.tracked(CHECKOUT, "www.example");
    StepRun fresh = answered("users", "192.0.2.2");
    metrics.dns(CHECKOUT, spreading(), fresh, at(30));
    metrics.ttl(CHECKOUT, "www.example", 60);
    metrics.objective(
        CHECKOUT,
        "www.example",
        new Ttls.Objective(
            Duration.ofSeconds(61),
            new Budget.Verdict.FeasibleFor(
                0.5, Duration.ofSeconds(3), new Delay("www.example A", Duration.ofSeconds(60)), 40),
            at(90)));
    metrics.skipped(CHECKOUT, "buy", 1);
    metrics.tripwire(CHECKOUT, Grip.HOLDING);
    metrics.tripwireAsked(CHECKOUT);
    metrics.tripped(CHECKOUT, Reason.OUTAGE);
    metrics.postponed(CHECKOUT, "buy");
    metrics.witness("dns://9.9.9.9", true);
    return metrics;
  }
}
