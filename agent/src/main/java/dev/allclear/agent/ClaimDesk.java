package dev.allclear.agent;

import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Claim;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Heard;
import dev.allclear.agent.outage.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where claims are handed in. What was said before with the same key is not written down again.
/// Any thread; one at a time.
final class ClaimDesk {
  private record Ticket(Cell cell, String key) {}

  private final Recorder recorder;
  private final Ledger ledger;
  private final Consumer<Runnable> guard;

  /// `guard` runs what must not fail.
  ClaimDesk(Recorder recorder, Ledger ledger, Consumer<Runnable> guard) {
    this.recorder = recorder;
    this.ledger = ledger;
    this.guard = guard;
  }

  /// What became of each. What is written down is on the disk when this returns.
  synchronized List<Heard> hear(List<Told> told) {
    List<Heard> heard = new ArrayList<>();
    guard.accept(() -> heard.addAll(decide(told)));
    if (heard.size() < told.size()) {
      throw new IllegalStateException("the claim cannot be written down");
    }
    return heard;
  }

  private List<Heard> decide(List<Told> told) {
    Map<Ticket, Event.Claimed> known = known(told);
    Map<Ticket, Claim> said = new HashMap<>();
    known.forEach((ticket, claimed) -> said.put(ticket, claimed.claim()));
    List<Heard> refused = new ArrayList<>();
    List<Told> fresh = new ArrayList<>();
    for (Told each : told) {
      Claim other = other(each, said);
      refused.add(other == null ? new Heard.Left() : new Heard.Taken(other));
      fresh.add(unsaid(each, said));
      each.cells().forEach(cell -> said.putIfAbsent(ticket(cell, each), each.claim()));
    }
    if (refused.stream().anyMatch(Heard.Taken.class::isInstance)) {
      return refused;
    }
    Map<Ticket, String> filed = new HashMap<>();
    known.forEach((ticket, claimed) -> filed.put(ticket, claimed.incident()));
    filed.putAll(write(fresh));
    List<Heard> heard = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      heard.add(answer(told.get(i), fresh.get(i), filed));
    }
    return heard;
  }

  private Map<Ticket, Event.Claimed> known(List<Told> told) {
    Map<Ticket, Event.Claimed> known = new HashMap<>();
    for (Told each : told) {
      for (Change change : ledger.claimed(each.claim().key())) {
        if (change.event() instanceof Event.Claimed claimed) {
          known.putIfAbsent(ticket(change.cell(), each), claimed);
        }
      }
    }
    return known;
  }

  private Map<Ticket, String> write(List<Told> fresh) {
    Map<Ticket, String> filed = new HashMap<>();
    for (Change change : recorder.claimed(fresh)) {
      if (change.event() instanceof Event.Claimed claimed) {
        filed.put(new Ticket(change.cell(), claimed.claim().key()), claimed.incident());
      }
    }
    return filed;
  }

  /// Which says something else with the same key.
  private static @Nullable Claim other(Told told, Map<Ticket, Claim> said) {
    return told.cells().stream()
        .map(cell -> said.get(ticket(cell, told)))
        .filter(claim -> claim != null && !claim.said().equals(told.claim().said()))
        .findFirst()
        .orElse(null);
  }

  /// Of those cells of which it was not said yet.
  private static Told unsaid(Told told, Map<Ticket, Claim> said) {
    List<Cell> cells =
        told.cells().stream().filter(cell -> !said.containsKey(ticket(cell, told))).toList();
    return new Told(cells, told.incident(), told.claim());
  }

  private static Heard answer(Told told, Told fresh, Map<Ticket, String> filed) {
    Map<Cell, String> incidents = new TreeMap<>();
    told.cells().forEach(cell -> incidents.put(cell, filed.getOrDefault(ticket(cell, told), "")));
    return fresh.cells().isEmpty() ? new Heard.Known(incidents) : new Heard.Written(incidents);
  }

  private static Ticket ticket(Cell cell, Told told) {
    return new Ticket(cell, told.claim().key());
  }
}
