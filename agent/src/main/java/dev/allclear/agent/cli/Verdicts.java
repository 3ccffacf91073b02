package dev.allclear.agent.cli;

import dev.allclear.agent.Listener;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.History;
import dev.allclear.agent.outage.Incident;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/// Hands over each outage when its hold has ended, and then the failure that ended the agent.
final class Verdicts implements Listener {
  private final History history = new History();
  private final BlockingQueue<Future<Incident>> closed = new LinkedBlockingQueue<>();

  @Override
  public void happened(Change change, Health health) {
    history.add(change);
    if (change.event() instanceof Event.Closed) {
      history.incidents().stream()
          .filter(incident -> incident.cell().equals(change.cell()))
          .reduce((_, last) -> last)
          .ifPresent(incident -> closed.add(CompletableFuture.completedFuture(incident)));
    }
  }

  /// No outage that is over by now is handed over.
  void forget() {
    closed.clear();
  }

  /// Without this the next outage would be waited for in vain.
  void endWith(CompletableFuture<Void> failed) {
    CompletableFuture<Void> _ =
        failed.whenComplete((_, failure) -> closed.add(CompletableFuture.failedFuture(failure)));
  }

  /// Waits for the next outage to be over.
  Incident next() throws InterruptedException, ExecutionException {
    return closed.take().get();
  }
}
