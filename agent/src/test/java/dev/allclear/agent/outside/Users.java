package dev.allclear.agent.outside;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// People who keep asking a cache for a name, at a rate, until closed. Any thread.
final class Users implements Closeable {
  private final Queue<Heard> answers = new ConcurrentLinkedQueue<>();
  private final CountDownLatch enough = new CountDownLatch(1);

  private Users() {}

  static Users start(int port, String name, int type, Duration every) {
    Users users = new Users();
    Thread.ofVirtual().name("users").start(() -> users.ask(port, name, type, every));
    return users;
  }

  private void ask(int port, String name, int type, Duration every) {
    try {
      while (!enough.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        askOnce(port, name, type);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void askOnce(int port, String name, int type) {
    try {
      answers.add(Heard.from(port, name, type));
    } catch (IOException _) {
      // Users try again.
    }
  }

  /// What they were told so far, in order.
  List<Heard> answers() {
    return List.copyOf(answers);
  }

  @Override
  public void close() {
    enough.countDown();
  }
}
