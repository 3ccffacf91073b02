package dev.allclear.agent.cli;

import dev.allclear.agent.Listener;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.probes.Bounds;
import java.util.Map;
import java.util.TreeMap;

/// When each resolver flipped after the newest change of the name, as measured.
final class Tail implements Listener {
  private final Map<String, Bounds> flips = new TreeMap<>();

  @Override
  public synchronized void happened(Change change, Health health) {
    if (change.event() instanceof Event.DnsChanged) {
      flips.clear();
    }
    if (change.event() instanceof Event.DnsFlipped flip) {
      flips.put(flip.server(), flip.flipped());
    }
    if (change.event() instanceof Event.DnsReverted back) {
      flips.remove(back.server());
    }
  }

  synchronized Map<String, Bounds> flips() {
    return new TreeMap<>(flips);
  }
}
