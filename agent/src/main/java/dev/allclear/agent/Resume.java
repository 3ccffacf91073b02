package dev.allclear.agent;

import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.ledger.Pulse;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.dns.DnsProbe;
import dev.allclear.probes.dns.Propagation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What an earlier session left in the ledger.
record Resume(List<Change> changes, Optional<Pulse> pulse) {

  static Resume from(Ledger ledger) {
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

  /// How far the newest change of a name had spread.
  Propagation propagation(Cell cell, DnsProbe probe) {
    Event.DnsChanged changed = null;
    Map<String, Bounds> flips = new TreeMap<>();
    for (Event.Dns event : spreadOf(cell, probe.name())) {
      switch (event) {
        case Event.DnsChanged e -> {
          changed = e;
          flips.clear();
        }
        case Event.DnsFlipped e -> flips.put(e.server(), e.flipped());
        case Event.DnsReverted e -> flips.remove(e.server());
        case Event.DnsConverged _ -> changed = null;
      }
    }
    return changed == null
        ? Propagation.of(probe.servers())
        : Propagation.resume(
            probe.servers(),
            new Propagation.Changed(changed.changed(), changed.oldRecords(), changed.newRecords()),
            flips);
  }

  private List<Event.Dns> spreadOf(Cell cell, String name) {
    return eventsOf(cell).stream()
        .filter(Event.Dns.class::isInstance)
        .map(Event.Dns.class::cast)
        .filter(event -> event.name().equals(name))
        .toList();
  }

  private List<Event> eventsOf(Cell cell) {
    return changes.stream()
        .filter(change -> change.cell().equals(cell))
        .map(Change::event)
        .toList();
  }

  /// Nobody looked from the last sign of life until now.
  Optional<Event> blind(Moment now) {
    return lastSign().map(sign -> new Event.Blind(now, sign, "agent not running"));
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
