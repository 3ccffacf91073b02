package dev.allclear.agent.outside;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A server in this process that goes and comes back at the same port, and knows when it did.
final class Site implements AutoCloseable {
  /// How it is while it is not well.
  enum Trouble {
    REFUSES,
    ANSWERS_503,
    HANGS
  }

  /// Its going, and its return if that came.
  record Down(Truth onset, @Nullable Truth end) {}

  private final int port = Ports.free();
  private final List<Down> history = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile CountDownLatch hung = new CountDownLatch(0);
  private volatile boolean broken;
  private @Nullable HttpServer server = open();

  private HttpServer open() {
    try {
      HttpServer opened =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      opened.createContext("/", this::answer);
      opened.setExecutor(threads);
      opened.start();
      return opened;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// What hung is never answered.
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      CountDownLatch hanging = hung;
      if (hanging.getCount() > 0) {
        hanging.await();
        return;
      }
      exchange.sendResponseHeaders(broken ? 503 : 204, -1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return port;
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(port);
  }

  boolean isDown() {
    return !history.isEmpty() && history.getLast().end() == null;
  }

  List<Down> history() {
    return List.copyOf(history);
  }

  Truth goes() throws IOException, InterruptedException {
    return goes(Trouble.REFUSES);
  }

  Truth goes(Trouble trouble) throws IOException, InterruptedException {
    Truth onset =
        Truth.of(() -> {
          switch (trouble) {
            case REFUSES -> stop();
            case ANSWERS_503 -> broken = true;
            case HANGS -> hung = new CountDownLatch(1);
          }
        });
    history.add(new Down(onset, null));
    return onset;
  }

  Truth comes() throws IOException, InterruptedException {
    Truth end =
        Truth.of(() -> {
          broken = false;
          hung.countDown();
          server = server == null ? open() : server;
        });
    history.set(history.size() - 1, new Down(history.getLast().onset(), end));
    return end;
  }

  private void stop() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  @Override
  public void close() {
    hung.countDown();
    stop();
    threads.shutdownNow();
    threads.close();
  }
}
