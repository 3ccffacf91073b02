package dev.allclear.probes.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Does with every connection what it is told to, and closes it then.
final class StreamServer implements AutoCloseable {
  @FunctionalInterface
  interface Manner {
    void talk(Socket socket) throws IOException;
  }

  private final ServerSocket listening;

  private StreamServer(ServerSocket listening) {
    this.listening = listening;
  }

  static StreamServer start(Manner manner) throws IOException {
    StreamServer server =
        new StreamServer(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> server.accept(manner));
    return server;
  }

  private void accept(Manner manner) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> talk(socket, manner));
      } catch (IOException _) {
        // Closed, which ends the loop.
      }
    }
  }

  private static void talk(Socket socket, Manner manner) {
    try (socket) {
      manner.talk(socket);
    } catch (IOException _) {
      // The client has seen enough.
    }
  }

  static byte[] read(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    return in.readNBytes(in.readUnsignedShort());
  }

  /// Until the client leaves.
  static void hang(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // Not what it waits for.
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
