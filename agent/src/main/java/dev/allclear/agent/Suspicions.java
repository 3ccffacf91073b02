package dev.allclear.agent;

import dev.allclear.agent.ledger.Store;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Round;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.schedule.Run;
import dev.allclear.probes.Moment;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Keeps of each suspicion what was seen, so that other thresholds can be tried on it. Nothing that
/// is decided waits for it: from its decision on, what there is of it is written down with each
/// pulse. Any thread.
final class Suspicions implements Listener {

  /// What tells suspicions apart.
  private record Key(Cell cell, Moment at) {}

  private final Store ledger;
  private final Map<Cell, Policy> policies = new HashMap<>();
  private final Set<Cell> raised = new HashSet<>();
  private final Map<Cell, Suspicion> open = new HashMap<>();
  private final Map<Key, Suspicion> unwritten = new LinkedHashMap<>();

  Suspicions(Store ledger) {
    this.ledger = ledger;
  }

  synchronized void watch(Cell cell, Policy policy) {
    policies.put(cell, policy);
  }

  @Override
  public synchronized void happened(Change change, Health health) {
    switch (change.event()) {
      case Event.Suspected _ -> raised.add(change.cell());
      case Event.LostSight _, Event.Blind _ -> end(change.cell());
      case Event _ -> {}
    }
  }

  @Override
  public synchronized void observed(Run run, Health health) {
    Cell cell = health.cell();
    Suspicion known = open.get(cell);
    if (known != null) {
      seen(known.after(run.observation(), health));
    }
    if (raised.remove(cell)) {
      end(cell);
      raise(run, health);
    }
  }

  /// What was planned tells nothing of thresholds.
  private void raise(Run run, Health health) {
    Policy policy = Objects.requireNonNull(policies.get(health.cell()));
    Instant told = run.observation().told().wall();
    if (policy.maintenance().endOf(told).isEmpty()) {
      Suspicion suspicion = Suspicion.raised(run.observation(), health, policy);
      open.put(health.cell(), suspicion);
      if (suspicion.decided() > 0) {
        toWrite(suspicion);
      }
    }
  }

  @Override
  public synchronized void witnessed(Round round) {
    List.copyOf(open.values()).forEach(known -> seen(known.after(round)));
  }

  private void seen(Suspicion now) {
    open.put(now.cell(), now);
    if (now.isOver()) {
      end(now.cell());
    } else if (now.decided() > 0) {
      toWrite(now);
    }
  }

  private void end(Cell cell) {
    Suspicion over = open.remove(cell);
    if (over != null) {
      toWrite(over);
    }
  }

  private void toWrite(Suspicion suspicion) {
    unwritten.put(new Key(suspicion.cell(), suspicion.at()), suspicion);
  }

  /// What is kept so far of those that are decided.
  void write() {
    List<Suspicion> taken = take();
    if (!taken.isEmpty()) {
      ledger.keep(taken);
    }
  }

  private synchronized List<Suspicion> take() {
    List<Suspicion> taken = List.copyOf(unwritten.values());
    unwritten.clear();
    return taken;
  }
}
