package dev.allclear.agent;

import dev.allclear.agent.ledger.Pulse;
import dev.allclear.agent.ledger.Store;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.propagation.Past;
import dev.allclear.agent.sight.Beat;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.propagation.Published;
import dev.allclear.probes.readiness.TtlHistory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an earlier session left in the ledger.
record Resume(List<Change> changes, Optional<Pulse> pulse) {

  static Resume from(Store ledger) {
    return new Resume(ledger.changes(), ledger.lastPulse());
  }

  /// The fold of the ledger, with the last proofs of each probe.
  Health health(Health unknown) {
    Health folded =
        eventsOf(unknown.cell()).stream().reduce(unknown, Health::after, (_, last) -> last);
    return pulse.stream()
        .flatMap(last -> last.proofs().stream())
        .filter(proofs -> proofs.cell().equals(unknown.cell()))
        .reduce(
            folded,
            (health, proofs) ->
                health.withProofs(proofs.probe(), proofs.lastPass(), proofs.lastFail()),
            (_, last) -> last);
  }

  /// How far the newest change of a name had spread; null if every cache had it.
  @Nullable Past past(Set<Cell> cells, String name) {
    Event.DnsChanged changed = null;
    Bounds foretold = null;
    Map<String, Bounds> published = new TreeMap<>();
    Map<String, Map<String, Bounds>> flips = new TreeMap<>();
    for (Event.Dns event : told(cells, name)) {
      switch (event) {
        case Event.DnsChanged e -> {
          changed = e;
          foretold = null;
          published.clear();
          flips.clear();
        }
        case Event.DnsPublished e -> published.put(e.server(), e.published());
        case Event.DnsForetold e -> foretold = e.last();
        case Event.DnsFlipped e ->
            flips.computeIfAbsent(e.server(), _ -> new TreeMap<>()).put(e.cache(), e.flipped());
        case Event.DnsReverted e ->
            flips.getOrDefault(e.server(), new TreeMap<>()).remove(e.cache());
        case Event.DnsConverged _ -> changed = null;
        case Event.DnsTtl _, Event.DnsClaimed _, Event.DnsVerdict _ -> {}
        case Event.DnsUnreachable _, Event.DnsReachable _ -> {}
        case Event.DnsLagging _, Event.DnsRecovered _ -> {}
      }
    }
    return changed == null
        ? null
        : new Past(
            changed.changed(),
            changed.oldRecords(),
            changed.newRecords(),
            before(cells, name, changed),
            published,
            flips,
            foretold);
  }

  /// When the name is said to have been changed, if that was not seen yet.
  Optional<Moment> claimed(Set<Cell> cells, String name) {
    Moment claimed = null;
    for (Event.Dns event : told(cells, name)) {
      switch (event) {
        case Event.DnsClaimed e -> claimed = e.claimed();
        case Event.DnsChanged _ -> claimed = null;
        case Event.Dns _ -> {}
      }
    }
    return Optional.ofNullable(claimed);
  }

  /// The longest TTL that was published when it changed.
  private int before(Set<Cell> cells, String name, Event.DnsChanged changed) {
    Map<String, Integer> ttls = new TreeMap<>();
    for (Event.Dns event : told(cells, name)) {
      if (event.equals(changed)) {
        break;
      }
      if (event instanceof Event.DnsTtl told) {
        ttls.put(told.link(), told.ttl());
      }
    }
    return ttls.values().stream().reduce(Math::max).orElse(Published.UNKNOWN);
  }

  /// With which TTLs each link of a name was published.
  Map<String, TtlHistory> ttls(Set<Cell> cells, String name) {
    Map<String, TtlHistory> histories = new TreeMap<>();
    for (Event.Dns event : told(cells, name)) {
      if (event instanceof Event.DnsTtl e) {
        histories.merge(
            e.link(),
            TtlHistory.of(e.link(), e.ttl(), e.at()),
            (known, _) -> known.with(e.ttl(), e.at()));
      }
    }
    return histories;
  }

  /// To any of these cells, each once.
  private List<Event.Dns> told(Set<Cell> cells, String name) {
    return changes.stream()
        .filter(change -> cells.contains(change.cell()))
        .map(Change::event)
        .filter(Event.Dns.class::isInstance)
        .map(Event.Dns.class::cast)
        .filter(event -> event.name().equals(name))
        .distinct()
        .toList();
  }

  private List<Event> eventsOf(Cell cell) {
    return changes.stream()
        .filter(change -> change.cell().equals(cell))
        .map(Change::event)
        .toList();
  }

  /// Nobody looked from the last sign of life until now.
  Optional<Event.Blind> blind(Moment now) {
    return lastSign()
        .map(sign -> new Event.Blind(now, Moment.earlier(sign, now), "agent not running"));
  }

  /// Somebody set the wall clock meanwhile, on a machine that was not started anew.
  Optional<Event.ClockSet> clockSet(Moment now) {
    return lastSign().flatMap(sign -> Beat.clockSet(sign, now));
  }

  private Optional<Moment> lastSign() {
    Optional<Moment> lastChange =
        changes.isEmpty() ? Optional.empty() : Optional.of(changes.getLast().event().at());
    Optional<Moment> lastPulse = pulse.map(Pulse::at);
    return lastChange.isPresent() && lastPulse.isPresent()
        ? Optional.of(Moment.later(lastChange.get(), lastPulse.get()))
        : lastChange.or(() -> lastPulse);
  }
}
