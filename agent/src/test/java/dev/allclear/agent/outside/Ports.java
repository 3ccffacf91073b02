package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Free loopback ports below the range that the system hands out itself: a client that keeps trying
/// a closed port in that range can end up connected to itself.
final class Ports {
  private Ports() {}

  /// A port free for TCP and UDP.
  static int free() {
    return block(1);
  }

  /// The first of so many free ports in a row.
  static int block(int size) {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int first = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (areFree(first, size)) {
        return first;
      }
    }
    return fail("no " + size + " free ports in a row");
  }

  private static boolean areFree(int first, int size) {
    for (int port = first; port < first + size; port++) {
      if (!isFree(port)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFree(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (ServerSocket tcp = new ServerSocket();
        DatagramSocket udp = new DatagramSocket(null)) {
      tcp.bind(address);
      udp.bind(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
