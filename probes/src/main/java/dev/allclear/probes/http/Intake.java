package dev.allclear.probes.http;

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
import okhttp3.Request;
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

  /// A run that takes no more needs no share of the memory: so much before it has sent its request,
  /// as the certificates of TLS, and so much of the answer's head. Headers take some thirty times
  /// their size.
  private static final int SMALL_START = 8 * 1024;

  private static final int SMALL_HEAD = 4 * 1024;

  private static final int SMALL_BODY = 64 * 1024;

  /// How soon to look again whether the run's thread has seen what came.
  private static final int SOON = 10;

  /// Enough for a body of 1 MiB in all the forms it takes until it is judged, and for the head of
  /// an answer before, which OkHttp's thread may not have let go of yet.
  private static final long SHARE = 28L * 1024 * 1024;

  /// The heap is the process's, and so are its shares for large answers.
  private static final Semaphore SHARES =
      new Semaphore((int) Math.max(2, Runtime.getRuntime().maxMemory() / SHARE), true);

  private final Clock clock;
  private final Set<Thread> runners = ConcurrentHashMap.newKeySet();
  private Moment deadline;
  private long taken;
  private long allowed = HEAD;
  private long before;
  private int headless;
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
      before = SMALL_START - SMALL_HEAD;
      allowed = 0;
      headless = 0;
      exceeded = false;
      starved = false;
    }
    runners.add(Thread.currentThread());
    deadline = end;
    allowed += HEAD;
    headless++;
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

  /// What came is done with: as much may come again.
  synchronized void renew() {
    taken = 0;
  }

  @Override
  public synchronized void requestHeadersEnd(Call call, Request request) {
    before = Math.min(taken, SMALL_START);
  }

  @Override
  public synchronized void responseHeadersEnd(Call call, Response response) {
    allowed += BODY;
    headless--;
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

  /// Before each read: how many of the wanted bytes may come with it.
  int ask(int wanted) throws IOException {
    await();
    if (needsShare()) {
      keep(acquired());
    }
    return room(wanted);
  }

  /// Without a share no more than to need one at the next read.
  private synchronized int room(int wanted) {
    long room = Math.max(0, small() - taken) + 1;
    return shared || runners.isEmpty() ? wanted : (int) Math.min(wanted, room);
  }

  /// As many bytes may come without a share.
  private long small() {
    return (headless > 0 ? before + SMALL_HEAD : SMALL_BODY) * runners.size();
  }

  synchronized void take(int count) {
    taken += Math.max(0, count);
  }

  /// A thread of OkHttp's, which reads ahead for the run's, may come before that one has seen what
  /// it was given: it is too much only if the run's thread still waits for more.
  private synchronized void await() throws IOException {
    while (taken >= allowed) {
      exceeded = true;
      if (isWanted() || !clock.now().isBefore(deadline)) {
        throw new Breach("more than is read of an answer");
      }
      try {
        wait(SOON);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
  }

  private boolean isWanted() {
    return runners.contains(Thread.currentThread())
        || runners.stream().map(Thread::getState).anyMatch(Intake::isWaiting);
  }

  private static boolean isWaiting(Thread.State state) {
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  private synchronized boolean needsShare() {
    return !shared && !runners.isEmpty() && taken > small();
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
