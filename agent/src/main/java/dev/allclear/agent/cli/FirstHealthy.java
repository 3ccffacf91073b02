package dev.allclear.agent.cli;

import dev.allclear.agent.Listener;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import java.util.concurrent.CompletableFuture;

/// Lets somebody wait until the first cell is healthy, also after an outage from the start.
final class FirstHealthy implements Listener {
  private final CompletableFuture<Void> reached = new CompletableFuture<>();

  @Override
  public void happened(Change change, Health health) {
    if (change.event() instanceof Event.Healthy || change.event() instanceof Event.Closed) {
      reached.complete(null);
    }
  }

  CompletableFuture<Void> reached() {
    return reached;
  }
}
