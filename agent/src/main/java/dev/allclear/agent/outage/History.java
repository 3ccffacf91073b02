package dev.allclear.agent.outage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All outages of a ledger, oldest first: the fold of its changes.
public final class History {
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Map<Cell, String> last = new HashMap<>();
  private final Map<Cell, String> open = new HashMap<>();

  /// Closed while a change of a name went on, which is part of them until it is over.
  private final Map<Cell, String> trailing = new HashMap<>();

  private final Map<Cell, EarlyClaims> early = new HashMap<>();

  public static History of(Iterable<Change> changes) {
    History history = new History();
    changes.forEach(history::add);
    return history;
  }

  public void add(Change change) {
    Cell cell = change.cell();
    Optional<Incident> opened = Incident.opened(change, early.getOrDefault(cell, EarlyClaims.NONE));
    if (opened.isPresent()) {
      opened(opened.get());
      return;
    }
    if (change.event() instanceof Event.Claimed claimed) {
      hear(cell, claimed);
      return;
    }
    String id = open.getOrDefault(cell, trailing(cell, change.event()));
    if (id != null) {
      incidents.computeIfPresent(id, (_, incident) -> incident.after(change.event()));
    }
    if (change.event() instanceof Event.Closed && id != null) {
      open.remove(cell);
      trailing.put(cell, id);
    }
  }

  private void opened(Incident incident) {
    incidents.put(incident.id(), incident);
    last.put(incident.cell(), incident.id());
    open.put(incident.cell(), incident.id());
    trailing.remove(incident.cell());
    early.remove(incident.cell());
  }

  private void hear(Cell cell, Event.Claimed claimed) {
    if (claimed.incident().isEmpty()) {
      early.merge(cell, EarlyClaims.NONE.with(claimed), (known, _) -> known.with(claimed));
    } else {
      incidents.computeIfPresent(claimed.incident(), (_, incident) -> incident.after(claimed));
    }
  }

  /// The outage of the cell that a claim belongs to: the first that was not over at the time that
  /// is said, if it had begun by then or was soon to; else the last, if it waits for this. Empty if
  /// there is none.
  public String holding(Cell cell, Claim claim) {
    List<Incident> ofCell =
        incidents.values().stream().filter(incident -> incident.cell().equals(cell)).toList();
    Optional<Incident> awaiting =
        ofCell.isEmpty()
            ? Optional.empty()
            : Optional.of(ofCell.getLast()).filter(incident -> incident.awaits(claim));
    return ofCell.stream()
        .filter(incident -> !incident.isOverAt(claim))
        .findFirst()
        .filter(incident -> incident.mayHold(claim))
        .or(() -> awaiting)
        .map(Incident::id)
        .orElse("");
  }

  private @Nullable String trailing(Cell cell, Event event) {
    String id = trailing.get(cell);
    Incident incident = id == null ? null : incidents.get(id);
    return event instanceof Event.Dns dns && incident != null && incident.spreads(dns.name())
        ? id
        : null;
  }

  /// Of each cell that had any.
  public List<Incident> last() {
    return last.values().stream().flatMap(id -> incident(id).stream()).toList();
  }

  public Optional<Incident> last(Cell cell) {
    return Optional.ofNullable(last.get(cell)).flatMap(this::incident);
  }

  public List<Incident> incidents() {
    return new ArrayList<>(incidents.values());
  }

  public Optional<Incident> incident(String id) {
    return Optional.ofNullable(incidents.get(id));
  }
}
