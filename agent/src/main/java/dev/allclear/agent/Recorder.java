package dev.allclear.agent;

import dev.allclear.agent.ledger.LastProofs;
import dev.allclear.agent.ledger.Pulse;
import dev.allclear.agent.ledger.Store;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Failed;
import dev.allclear.agent.outage.Failures;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Round;
import dev.allclear.agent.outage.Told;
import dev.allclear.agent.outage.Track;
import dev.allclear.agent.schedule.Run;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// Folds runs into healths, writes what changed into the ledger, then tells the listeners. Any
/// thread; one at a time.
final class Recorder {
  private final Clock clock;
  private final Store ledger;
  private final List<Listener> listeners;
  private final Map<Cell, Outage> outages = new HashMap<>();
  private final Map<Cell, Health> healths = new ConcurrentSkipListMap<>();
  private final Map<Cell, Failures> failures = new HashMap<>();
  private final Map<Cell, Serving> servings = new HashMap<>();
  private final History history = new History();
  private Dependencies dependencies = Dependencies.NONE;

  Recorder(Clock clock, Store ledger, List<Listener> listeners) {
    this.clock = clock;
    this.ledger = ledger;
    this.listeners = List.copyOf(listeners);
  }

  /// Takes up a cell where the ledger left off.
  synchronized void watch(Health health, Outage outage) {
    healths.put(health.cell(), health);
    if (health.incident() != null) {
      failures.put(health.cell(), Failures.resumed(ledger.failed(health.incident().id())));
      health.incident().served().forEach(serving(health.cell())::remember);
    }
    outages.put(health.cell(), outage);
  }

  /// What verification waits for from now on, once every cell is watched.
  synchronized void depend(Dependencies others) {
    dependencies = others;
    healths().forEach(health -> await(health.cell(), clock.now()));
  }

  synchronized void remember(List<Change> changes) {
    changes.forEach(history::add);
  }

  synchronized void accept(Run run) {
    Observation observation = run.observation();
    Cell cell = run.check().cell();
    Outage.Decision decision =
        Objects.requireNonNull(outages.get(cell)).decide(health(cell), observation);
    Incident before = health(cell).incident();
    record(cell, decision.events(), decision.health());
    List<Event> served = served(cell, before, observation);
    keep(failures(cell).after(observation), before, decision.health());
    listeners.forEach(listener -> listener.observed(run, health(cell)));
    if (!decision.events().isEmpty() || !served.isEmpty()) {
      // Else a restart could know of a change, but not of the pass or fail before it.
      pulse();
    }
  }

  /// Of an outage just opened, what was so until then.
  private List<Event> served(Cell cell, @Nullable Incident before, Observation observation) {
    Incident after = health(cell).incident();
    boolean opened = after != null && (before == null || !before.id().equals(after.id()));
    List<Event> events =
        opened
            ? serving(cell).opened(observation)
            : serving(cell).after(observation, after != null);
    Health health = events.stream().reduce(health(cell), Health::after, (_, last) -> last);
    record(cell, events, health);
    return events;
  }

  private Serving serving(Cell cell) {
    return servings.computeIfAbsent(cell, _ -> new Serving());
  }

  /// What the witnesses of the agent's own network say.
  synchronized void accept(Round round) {
    for (Health health : healths()) {
      Outage outage = Objects.requireNonNull(outages.get(health.cell()));
      Outage.Decision decision = outage.decide(health(health.cell()), round);
      record(health.cell(), decision.events(), decision.health());
    }
    listeners.forEach(listener -> listener.witnessed(round));
  }

  /// Failures belong to the incident that they open, or happen in; without one they are forgotten
  /// as soon as nothing is doubted.
  private void keep(Failures seen, @Nullable Incident before, Health health) {
    Incident incident = health.incident() == null ? before : health.incident();
    boolean goesOn = health.incident() != null;
    if (incident != null && (!seen.fresh().isEmpty() || !goesOn)) {
      ledger.keep(incident.id(), seen.fresh(), seen.runs());
    }
    boolean doubted = health.required().stream().anyMatch(Track::isDoubted);
    Failures left = goesOn ? seen.written() : doubted ? seen : Failures.NONE;
    failures.put(health.cell(), left);
  }

  private Failures failures(Cell cell) {
    return failures.getOrDefault(cell, Failures.NONE);
  }

  /// What happened to a cell without being observed by a probe.
  synchronized void happened(Cell cell, Event event) {
    record(cell, List.of(event), health(cell).after(event));
  }

  /// Each is filed to the outage that it is about. All of them are written down, or none.
  synchronized List<Change> claimed(List<Told> told) {
    Moment now = clock.now();
    List<Change> changes = new ArrayList<>();
    for (Told each : told) {
      for (Cell cell : each.cells()) {
        String incident =
            each.incident().isEmpty() ? history.holding(cell, each.claim()) : each.incident();
        changes.add(new Change(cell, new Event.Claimed(now, incident, each.claim())));
      }
    }
    if (!changes.isEmpty()) {
      ledger.append(changes);
    }
    changes.forEach(change -> know(change, health(change.cell()).after(change.event())));
    return changes;
  }

  synchronized void pulse() {
    List<LastProofs> proofs = new ArrayList<>();
    healths.forEach((cell, health) ->
        health
            .required()
            .forEach(track ->
                proofs.add(
                    new LastProofs(cell, track.probe(), track.lastPass(), track.lastFail()))));
    ledger.pulse(new Pulse(clock.now(), proofs));
    healths.values().forEach(this::count);
  }

  /// Each failure of its own would be a write several times a second.
  private void count(Health health) {
    if (health.incident() != null) {
      ledger.keep(health.incident().id(), List.of(), failures(health.cell()).runs());
    }
  }

  /// Does not wait for what is being written down just now.
  Health health(Cell cell) {
    return Objects.requireNonNull(healths.get(cell));
  }

  List<Health> healths() {
    return List.copyOf(healths.values());
  }

  /// The last outage of each cell that had any.
  synchronized List<Incident> last() {
    return history.last();
  }

  synchronized Optional<Incident> last(Cell cell) {
    return history.last(cell);
  }

  synchronized List<Incident> incidents() {
    return history.incidents();
  }

  /// What is kept with an incident; read anew, since it is much and seldom asked for.
  Failed failed(String id) {
    return ledger.failed(id);
  }

  synchronized Optional<Incident> incident(String id) {
    return history.incident(id);
  }

  /// Nobody hears of an event before it is durable.
  private void record(Cell cell, List<Event> events, Health health) {
    List<Change> changes = events.stream().map(event -> new Change(cell, event)).toList();
    if (!changes.isEmpty()) {
      ledger.append(changes);
    }
    healths.put(cell, health);
    changes.forEach(history::add);
    changes.forEach(change -> listeners.forEach(each -> each.happened(change, health)));
    if (!changes.isEmpty()) {
      Moment at = changes.getLast().event().at();
      await(cell, at);
      dependencies.parents(cell).forEach(parent -> await(parent, at));
    }
  }

  /// Says whom an open outage waits for, if that has changed.
  private void await(Cell parent, Moment at) {
    Health health = healths.get(parent);
    if (health == null || health.incident() == null) {
      return;
    }
    Set<String> unfit = dependencies.unfit(parent, healths::get);
    if (!unfit.equals(health.incident().waitsFor())) {
      Event waits = new Event.Waits(at, unfit);
      record(parent, List.of(waits), health.after(waits));
    }
  }

  private void know(Change change, Health health) {
    healths.put(change.cell(), health);
    history.add(change);
    listeners.forEach(each -> each.happened(change, health));
  }
}
