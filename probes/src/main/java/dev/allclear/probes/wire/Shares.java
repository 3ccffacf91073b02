package dev.allclear.probes.wire;

import java.util.ArrayDeque;
import java.util.Deque;

/// The memory for large answers, in shares: who gets none waits in line. Confined to its loop.
final class Shares {

  /// Of 16 MiB each, and half of the heap: enough for an answer in all the forms it takes until it
  /// is judged.
  static final int ALL = (int) Math.max(2, Runtime.getRuntime().maxMemory() >> 25);

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int free = ALL;

  /// `granted` is called once there is a share for it, maybe at once.
  void take(Runnable granted) {
    waiting.add(granted);
    grant();
  }

  /// It no longer waits.
  void forget(Runnable granted) {
    waiting.remove(granted);
  }

  void release() {
    free++;
    grant();
  }

  private void grant() {
    while (free > 0 && !waiting.isEmpty()) {
      free--;
      waiting.remove().run();
    }
  }
}
