package dev.allclear.agent.schedule;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Threads on a clock turned by hand, of which only one moves at a time: each runs until it waits
/// or ends, then whoever turns the clock goes on. The same seed gives the same interleaving.
final class Actors implements Executor {
  private final FakeTime time;
  private final Semaphore turner = new Semaphore(0);

  Actors(FakeTime time) {
    this.time = time;
  }

  @Override
  public void execute(Runnable work) {
    time.after(
        Duration.ZERO,
        () -> {
          Thread.ofVirtual()
              .start(() -> {
                work.run();
                turner.release();
              });
          turner.acquireUninterruptibly();
        });
  }

  /// Lets the calling actor wait while the clock is turned.
  void pause(Duration length) {
    Semaphore wake = new Semaphore(0);
    time.after(
        length,
        () -> {
          wake.release();
          turner.acquireUninterruptibly();
        });
    turner.release();
    wake.acquireUninterruptibly();
  }
}
