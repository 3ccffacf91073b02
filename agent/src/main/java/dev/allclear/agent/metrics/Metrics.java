package dev.allclear.agent.metrics;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.propagation.Ttls;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.schedule.Purpose;
import dev.allclear.agent.tripwire.Grip;
import dev.allclear.agent.tripwire.Reason;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.StepRun;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// All that a scrape shows. Any thread; one lock, so that a scrape sees each change whole: of a
/// cell's states, for one, exactly one is 1.
///
/// `allclear_probe_duration_seconds_count` of a probe is the sum of its
/// `allclear_probe_runs_total`.
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RunMeters runs;
  private final DnsMeters lookups;
  private final SpreadMeters spreads;
  private final StateMeters states;
  private final EventMeters events;
  private final OutageMeters outages;
  private final RecoveryMeters recoveries;
  private final AgentMeters agent;
  private final TripwireMeters tripwires;
  private final RequestMeters requests;

  public Metrics(Vantage vantage, String version) {
    registry.config().commonTags("vantage", vantage.id());
    Gauges gauges = new Gauges(registry);
    runs = new RunMeters(registry, gauges);
    lookups = new DnsMeters(registry, gauges);
    spreads = new SpreadMeters(registry, gauges);
    states = new StateMeters(gauges);
    events = new EventMeters(registry);
    outages = new OutageMeters(gauges);
    recoveries = new RecoveryMeters(gauges);
    agent = new AgentMeters(registry, gauges, vantage, version);
    tripwires = new TripwireMeters(registry, gauges);
    requests = new RequestMeters(registry);
  }

  /// A cell that the config asks to watch.
  public synchronized void watched(Cell cell, Rto rto) {
    states.objective(cell, rto);
    events.watched(cell);
  }

  /// What the ledger holds at the start, oldest first.
  public synchronized void restored(Iterable<Change> changes) {
    History history = new History();
    for (Change change : changes) {
      history.add(change);
      count(change, history.last(change.cell()).orElse(null));
    }
    history.last().forEach(outages::show);
  }

  /// One more change, now written to the ledger, and the last outage of its cell after that.
  public synchronized void happened(Change change, @Nullable Incident last) {
    count(change, last);
    if (last != null) {
      outages.show(last);
    }
  }

  /// What is known of a recovery by `now`: the last of its cell.
  public synchronized void measured(Incident last, Measures measures, Moment now) {
    recoveries.show(last, measures, now);
  }

  /// How a cell is after a change, or at the start.
  public synchronized void health(Health health) {
    states.health(health);
  }

  /// A run that began `lateness` after it was due.
  public synchronized void observed(Cell cell, Observation observation, Duration lateness) {
    runs.observed(cell, observation);
    lookups.observed(cell, observation);
    agent.late(lateness);
  }

  /// What a run sent, and what for.
  public synchronized void asked(Cell cell, Purpose purpose, Observation observation) {
    requests.asked(cell, purpose, observation);
  }

  /// A lookup that is followed: what is known of it comes from the tracker, not from runs.
  public synchronized void tracked(Cell cell, String lookup) {
    lookups.tracked(cell, lookup);
  }

  /// One more answer about a name that is followed, or that there was none.
  public synchronized void dns(Cell cell, Standing standing, StepRun step, Moment now) {
    spreads.asked(cell, standing, step);
    spreads.show(cell, standing, now);
  }

  /// The longest TTL that the authorities publish for a name; null while none is known.
  public synchronized void ttl(Cell cell, String name, @Nullable Integer seconds) {
    spreads.ttl(cell, name, seconds);
  }

  /// What DNS makes of the service's objective; null while no TTL is known.
  public synchronized void objective(Cell cell, String name, Ttls.@Nullable Objective objective) {
    spreads.objective(cell, name, objective);
  }

  /// A run that its target's budget held up.
  public synchronized void postponed(Cell cell, String probe) {
    agent.postponed(cell, probe);
  }

  /// Whether a witness of the agent's own network answered last.
  public synchronized void witness(String name, boolean answered) {
    agent.witness(name, answered);
  }

  /// Runs left out because the one before them had not ended.
  public synchronized void skipped(Cell cell, String probe, long runs) {
    agent.skipped(cell, probe, runs);
  }

  public synchronized void tripwire(Cell cell, Grip grip) {
    tripwires.stands(cell, grip);
  }

  public synchronized void tripped(Cell cell, Reason reason) {
    tripwires.broke(cell, reason);
  }

  /// A request, or a PING, went over a held connection.
  public synchronized void tripwireAsked(Cell cell) {
    tripwires.asked(cell);
    requests.pinged(cell);
  }

  /// The type that answers a request with this `Accept` header, empty if it has none.
  public static String contentType(String accept) {
    return Exposition.accepted(accept).contentType();
  }

  /// Every series in the format of a type that {@link #contentType} gave.
  public synchronized String scrape(String contentType) {
    return registry.scrape(contentType);
  }

  @Override
  public void close() {
    registry.close();
  }

  private void count(Change change, @Nullable Incident last) {
    events.happened(change);
    if (change.event() instanceof Event.Blind blind) {
      agent.blind(blind);
    }
    if (change.event() instanceof Event.ClockSet set) {
      agent.clockSet(set);
    }
    if (change.event() instanceof Event.Closed && last != null) {
      events.recovered(last);
    }
  }
}
