package dev.allclear.probes.wire;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Sends to every datagram what it is told to.
final class DatagramServer implements AutoCloseable {
  /// May send with the socket whatever it wants.
  @FunctionalInterface
  interface Manner {
    void receive(byte[] query, DatagramSocket socket, SocketAddress client) throws IOException;
  }

  private final DatagramSocket socket;

  private DatagramServer(DatagramSocket socket) {
    this.socket = socket;
  }

  static DatagramServer start(Function<byte[], List<byte[]>> answers) throws IOException {
    return start((query, socket, client) -> {
      for (byte[] answer : answers.apply(query)) {
        socket.send(new DatagramPacket(answer, answer.length, client));
      }
    });
  }

  static DatagramServer start(Manner manner) throws IOException {
    DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    DatagramServer server = new DatagramServer(socket);
    Thread.ofVirtual().start(() -> server.receive(manner));
    return server;
  }

  private void receive(Manner manner) {
    byte[] buffer = new byte[4096];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        manner.receive(
            Arrays.copyOf(buffer, packet.getLength()), socket, packet.getSocketAddress());
      } catch (IOException _) {
        // Closed, which ends the loop, or a client that has left.
      }
    }
  }

  Route.Udp route() {
    return new Route.Udp((InetSocketAddress) socket.getLocalSocketAddress());
  }

  @Override
  public void close() {
    socket.close();
  }
}
