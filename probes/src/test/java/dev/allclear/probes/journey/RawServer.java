package dev.allclear.probes.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A loopback server that does with each connection what a test says, byte by byte.
final class RawServer implements AutoCloseable {

  /// One connection's life; the socket is closed after it.
  interface Conversation {
    void hold(Socket socket, int connection) throws IOException;
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final Conversation conversation;

  private RawServer(Conversation conversation) throws IOException {
    this.conversation = conversation;
  }

  static RawServer start(Conversation conversation) throws IOException {
    RawServer server = new RawServer(conversation);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  /// Answers every request with these bytes and closes.
  static RawServer answering(String answer) throws IOException {
    return start((socket, _) -> {
      readRequest(socket);
      write(socket, answer);
    });
  }

  static void readRequest(Socket socket) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String line = reader.readLine();
    while (line != null && !line.isEmpty()) {
      line = reader.readLine();
    }
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /// Until the other side closes.
  static void drain(Socket socket) throws IOException {
    var _ = socket.getInputStream().readAllBytes();
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  String url(String path) {
    return "http://shop.example:" + port() + path;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      conversation.hold(socket, number);
    } catch (IOException _) {
      // The client has left, which is its right.
    } finally {
      open.remove(socket);
    }
  }
}
