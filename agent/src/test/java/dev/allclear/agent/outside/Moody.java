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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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

  private final ServerSocket server = new ServerSocket();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Mood mood = Mood.PROMPT;

  private Moody(int port) throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
  }

  static Moody start() throws IOException {
    Moody moody = new Moody(Ports.free());
    Thread.ofVirtual().start(moody::accept);
    return moody;
  }

  void become(Mood next) {
    mood = next;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
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
          answer(socket, mood);
        }
      }
    } catch (IOException _) {
      // The client has left.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Socket socket, Mood now) throws IOException, InterruptedException {
    boolean over = now == Mood.SLOW && closed.await(LATE.toMillis(), TimeUnit.MILLISECONDS);
    if (!over && now != Mood.SILENT) {
      socket.getOutputStream().write(ANSWER);
    }
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
  }
}
