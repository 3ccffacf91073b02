package dev.allclear.agent.cli;

import dev.allclear.agent.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Tells an agent claims, in their order and on a thread of its own: whoever hands them in never
/// waits. While no agent answers it tries again.
final class Courier implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int PAUSE_MILLISECONDS = 500;
  private static final int LAST_TRIES = 5;

  private final AgentApi agent;
  private final Consumer<String> note;
  private final ScheduledThreadPoolExecutor worker;
  private final CountDownLatch done = new CountDownLatch(1);

  // The worker's alone.
  private final Deque<JsonObject> waiting = new ArrayDeque<>();
  private final List<JsonObject> untold = new ArrayList<>();
  private boolean ending;
  private boolean retrying;
  private boolean warned;
  private int tries;

  private Courier(AgentApi agent, Consumer<String> note) {
    this.agent = agent.within(PATIENCE);
    this.note = note;
    this.worker = new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("courier").factory());
  }

  /// `note` hears once why the agent was not told.
  static Courier of(AgentApi agent, Consumer<String> note) {
    return new Courier(agent, note);
  }

  void tell(JsonObject claim) {
    worker.execute(() -> {
      waiting.add(claim);
      deliver();
    });
  }

  /// Tries a few times more, then gives back what could not be told.
  List<JsonObject> end() throws InterruptedException {
    worker.execute(() -> {
      ending = true;
      deliver();
    });
    done.await();
    return List.copyOf(untold);
  }

  private void deliver() {
    while (!retrying && !waiting.isEmpty()) {
      if (isOverWith(waiting.getFirst())) {
        waiting.removeFirst();
      } else {
        tryAgain();
      }
    }
    if (ending && waiting.isEmpty()) {
      done.countDown();
    }
  }

  private void tryAgain() {
    tries = ending ? tries + 1 : 0;
    if (tries > LAST_TRIES) {
      untold.addAll(waiting);
      waiting.clear();
    } else {
      retrying = true;
      Future<?> _ = worker.schedule(this::retry, PAUSE_MILLISECONDS, TimeUnit.MILLISECONDS);
    }
  }

  private void retry() {
    retrying = false;
    deliver();
  }

  /// Also with one that is refused: it would be refused again.
  private boolean isOverWith(JsonObject claim) {
    try {
      AgentApi.Accepted _ = agent.claim(claim);
      return true;
    } catch (Refusal e) {
      warn(e);
      untold.add(claim);
      return true;
    } catch (IOException e) {
      warn(e);
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void warn(Exception e) {
    if (!warned) {
      warned = true;
      note.accept("allclear: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    worker.close();
  }
}
