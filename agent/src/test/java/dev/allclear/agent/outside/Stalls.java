package dev.allclear.agent.outside;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How long this machine stood still, as a thread noticed that wants to wake up 50 times a second,
/// until closed. Any thread.
final class Stalls implements Closeable {
  /// What is shorter delays nothing that a test waits for.
  static final Duration NOTICED = Duration.ofMillis(50);

  private static final Duration BEAT = Duration.ofMillis(20);

  private final CountDownLatch over = new CountDownLatch(1);
  private Duration sum = Duration.ZERO;

  private Stalls() {}

  static Stalls start() {
    Stalls stalls = new Stalls();
    Thread.ofPlatform().name("stalls").daemon().start(stalls::watch);
    return stalls;
  }

  private void watch() {
    try {
      Instant before = Instant.now();
      while (!over.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
        Instant now = Instant.now();
        add(Duration.between(before, now).minus(BEAT));
        before = now;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(Duration late) {
    if (late.compareTo(NOTICED) > 0) {
      sum = sum.plus(late);
    }
  }

  /// In sum, so far.
  synchronized Duration sum() {
    return sum;
  }

  @Override
  public void close() {
    over.countDown();
  }
}
