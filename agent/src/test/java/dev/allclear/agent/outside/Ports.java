package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Free loopback ports below the range that the system hands out itself: a client that keeps trying
/// a closed port in that range can end up connected to itself.
final class Ports {
  private static final int LOWEST = 20_000;
  private static final int COUNT = 12_000;

  /// Tests that run at the same time are given different ones, and so are processes, mostly.
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  /// A port free for TCP and UDP.
  static int free() {
    return block(1);
  }

  /// The first of so many free ports in a row.
  static int block(int size) {
    synchronized (Child.STARTING) {
      for (int attempt = 0; attempt < 1000; attempt++) {
        int first = LOWEST + Math.floorMod(NEXT.getAndAdd(size), COUNT);
        if (areFree(first, size)) {
          return first;
        }
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
