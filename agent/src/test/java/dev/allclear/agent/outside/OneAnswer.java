package dev.allclear.agent.outside;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A server that closes each connection after one answer, without saying so before.
final class OneAnswer implements Closeable {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  private OneAnswer() throws IOException {}

  static OneAnswer start() throws IOException {
    OneAnswer one = new OneAnswer();
    Thread.ofVirtual().start(one::accept);
    return one;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException _) {
        // It is closed.
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket;
        BufferedReader head =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      long lines = head.lines().takeWhile(line -> !line.isEmpty()).count();
      if (lines > 0) {
        socket.getOutputStream().write(ANSWER);
      }
    } catch (IOException _) {
      // The client has left.
    }
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
