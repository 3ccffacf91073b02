package dev.allclear.agent.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// On SIGINT and SIGTERM, interrupts the thread that opened this, and lets it come to an end before
/// the process does.
final class Interruption implements AutoCloseable {
  /// A journey that was interrupted still cleans up.
  private static final int PATIENCE_SECONDS = 5;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread worker;

  private Interruption(Thread worker) {
    this.worker = worker;
  }

  static Interruption open() {
    Interruption interruption = new Interruption(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(interruption::interrupt));
    return interruption;
  }

  private void interrupt() {
    if (ended.getCount() == 0) {
      return;
    }
    worker.interrupt();
    try {
      boolean _ = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
