package dev.allclear.agent;

import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.ledger.Pulse;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.probes.Moment;
import java.util.List;
import java.util.Optional;

/// What an earlier session left in the ledger.
record Resume(List<Change> changes, Optional<Pulse> pulse) {

  static Resume from(Ledger ledger) {
    return new Resume(ledger.changes(), ledger.lastPulse());
  }

  /// The fold of the ledger, with the last evidence of each probe.
  Health health(Health unknown) {
    Health folded =
        changes.stream()
            .filter(change -> change.cell().equals(unknown.cell()))
            .map(Change::event)
            .reduce(unknown, Health::after, (_, last) -> last);
    return pulse.stream()
        .flatMap(last -> last.evidence().stream())
        .filter(evidence -> evidence.cell().equals(unknown.cell()))
        .reduce(
            folded,
            (health, evidence) ->
                health.withEvidence(evidence.probe(), evidence.lastPass(), evidence.lastFail()),
            (_, last) -> last);
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
