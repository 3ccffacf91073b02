package dev.allclear.probes.journey;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Response;

/// How many bytes a run may take from the network: so many for the head of an answer, whatever
/// comes before and around it included, and so many for its body. Used by any thread.
final class Intake extends EventListener {

  /// There are too many large answers at once for the agent's memory.
  static final class Shortage extends IOException {
    Shortage() {
      super("too many large answers at once for its memory");
    }
  }

  private static final int HEAD = 256 * 1024;

  /// More than {@link Exchange} keeps: chunks and frames have heads too.
  private static final int BODY = 1024 * 1024 + 128 * 1024;

  /// A run that takes no more needs no share of the memory set aside for the others.
  private static final int SMALL = 64 * 1024;

  /// The heap is the process's, and so are its shares for large answers, of 16 MiB each: enough for
  /// a body of 1 MiB in all the forms it takes until it is judged.
  private static final Semaphore SHARES =
      new Semaphore((int) Math.max(2, Runtime.getRuntime().maxMemory() >> 24), true);

  private final Clock clock;
  private final Set<Thread> runners = ConcurrentHashMap.newKeySet();
  private Moment deadline;
  private long taken;
  private long allowed = HEAD;
  private boolean shared;
  private boolean exceeded;
  private boolean starved;

  Intake(Clock clock) {
    this.clock = clock;
    deadline = clock.now();
  }

  /// The current thread begins an exchange, which ends by the deadline.
  synchronized void begin(Moment end) {
    if (runners.isEmpty()) {
      taken = 0;
      allowed = 0;
      exceeded = false;
      starved = false;
    }
    runners.add(Thread.currentThread());
    deadline = end;
    allowed += HEAD;
  }

  synchronized void end() {
    runners.remove(Thread.currentThread());
    if (runners.isEmpty()) {
      taken = 0;
      allowed = HEAD;
      release();
    }
    notifyAll();
  }

  @Override
  public synchronized void responseHeadersEnd(Call call, Response response) {
    allowed += BODY;
    exceeded = false;
    notifyAll();
  }

  /// More came than is allowed, or would have.
  synchronized boolean isExceeded() {
    return exceeded;
  }

  synchronized boolean isStarved() {
    return starved;
  }

  /// Before each read.
  void ask() throws IOException {
    await();
    if (needsShare()) {
      keep(acquired());
    }
  }

  synchronized void take(int count) {
    taken += Math.max(0, count);
  }

  /// A thread of OkHttp's, which reads ahead for the run's, may come before the run's has seen the
  /// head: it is not known to be too much until nobody wants it any more.
  private synchronized void await() throws IOException {
    while (taken >= allowed) {
      exceeded = true;
      if (runners.contains(Thread.currentThread())) {
        throw new Breach("more than is read of an answer");
      }
      long left = clock.now().until(deadline).toMillis();
      if (left <= 0) {
        throw new Breach("more than is read of an answer");
      }
      try {
        wait(left);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
  }

  private synchronized boolean needsShare() {
    return !shared && !runners.isEmpty() && taken > (long) SMALL * runners.size();
  }

  private boolean acquired() throws InterruptedIOException {
    try {
      long left = Math.max(0, clock.now().until(deadline).toNanos());
      return SHARES.tryAcquire(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /// By the time a share is free another thread may have one, or none be needed any more.
  private synchronized void keep(boolean acquired) throws Shortage {
    if (!acquired) {
      starved = true;
      throw new Shortage();
    }
    if (shared || runners.isEmpty()) {
      SHARES.release();
    }
    shared |= !runners.isEmpty();
  }

  private void release() {
    if (shared) {
      shared = false;
      SHARES.release();
    }
  }
}
