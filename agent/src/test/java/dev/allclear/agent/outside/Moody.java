package dev.allclear.agent.outside;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A server that accepts whoever comes, and answers what comes from now on as it is told to.
final class Moody implements Closeable {
  enum Mood {
    PROMPT,
    SLOW,
    SILENT
  }

  static final Duration LATE = Duration.ofMillis(600);

  private static final int BACKLOG = 50;
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  private final int port = Ports.free();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong asked = new AtomicLong();
  private volatile Mood mood = Mood.PROMPT;
  private volatile ServerSocket server;

  private Moody() throws IOException {
    server = listening();
  }

  static Moody start() throws IOException {
    Moody moody = new Moody();
    Thread.ofVirtual().start(() -> moody.accept(moody.server));
    return moody;
  }

  /// Accepts, at the same port each time.
  void open() throws IOException {
    server = listening();
    ServerSocket opened = server;
    Thread.ofVirtual().start(() -> accept(opened));
  }

  private ServerSocket listening() throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    return opened;
  }

  /// Every connection is reset, and new ones are refused.
  void crash() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  void become(Mood next) {
    mood = next;
  }

  /// So many requests have come.
  long asked() {
    return asked.get();
  }

  private void accept(ServerSocket opened) {
    while (!opened.isClosed()) {
      try {
        Socket socket = opened.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        // It is closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        BufferedReader head =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = head.readLine(); line != null; line = head.readLine()) {
        if (line.isEmpty()) {
          asked.incrementAndGet();
          answer(socket, mood);
        }
      }
    } catch (IOException _) {
      // The client has left.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(socket);
    }
  }

  private void answer(Socket socket, Mood now) throws IOException, InterruptedException {
    boolean over = now == Mood.SLOW && closed.await(LATE.toMillis(), TimeUnit.MILLISECONDS);
    if (!over && now != Mood.SILENT) {
      socket.getOutputStream().write(ANSWER);
    }
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(port);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
  }
}
