package dev.allclear.probes.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Does several things at once, each on a thread of its own. If the caller is interrupted they all
/// are, but it still waits for them, so that no connection outlives its run.
final class AtOnce {

  private AtOnce() {}

  /// Results in the order of the tasks.
  static <T> List<T> all(List<Supplier<T>> tasks) {
    List<FutureTask<T>> results = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Supplier<T> task : tasks) {
      FutureTask<T> result = new FutureTask<>(task::get);
      results.add(result);
      threads.add(Thread.ofVirtual().name("at once ", threads.size()).start(result));
    }
    if (joined(threads)) {
      Thread.currentThread().interrupt();
    }
    return results.stream().map(FutureTask::resultNow).toList();
  }

  /// True if this thread was interrupted meanwhile.
  private static boolean joined(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    return interrupted;
  }
}
