package dev.allclear.agent.cli;

import dev.allclear.agent.Listener;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Hands over each outage when its hold has ended.
final class Verdicts implements Listener {
  private final History history = new History();
  private final BlockingQueue<Incident> closed = new LinkedBlockingQueue<>();

  @Override
  public void happened(Change change, Health health) {
    history.add(change);
    if (change.event() instanceof Event.Closed) {
      history.incidents().stream()
          .filter(incident -> incident.cell().equals(change.cell()))
          .reduce((_, last) -> last)
          .ifPresent(closed::add);
    }
  }

  /// Waits for the next outage to be over.
  Incident next() throws InterruptedException {
    return closed.take();
  }
}
