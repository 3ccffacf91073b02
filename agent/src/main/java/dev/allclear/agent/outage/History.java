package dev.allclear.agent.outage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All outages of a ledger, oldest first: the fold of its changes.
public final class History {
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Map<Cell, String> open = new HashMap<>();

  public static History of(Iterable<Change> changes) {
    History history = new History();
    changes.forEach(history::add);
    return history;
  }

  public void add(Change change) {
    Cell cell = change.cell();
    if (change.event() instanceof Event.Detected detected) {
      incidents.put(detected.id(), Incident.open(cell, detected));
      open.put(cell, detected.id());
      return;
    }
    String id = open.get(cell);
    if (id != null) {
      incidents.computeIfPresent(id, (_, incident) -> incident.after(change.event()));
    }
    if (change.event() instanceof Event.Closed) {
      open.remove(cell);
    }
  }

  public List<Incident> incidents() {
    return new ArrayList<>(incidents.values());
  }

  public Optional<Incident> incident(String id) {
    return Optional.ofNullable(incidents.get(id));
  }
}
