package dev.allclear.agent.demo;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Stands between a resolver and the nameserver, and tells when the resolver fetched which address
/// of the shop. Over UDP alone: the answers are short.
final class Relay implements Closeable {
  private static final int LARGEST = 4096;
  private static final int PATIENCE_MILLIS = 2000;

  private final DatagramSocket socket;
  private final InetSocketAddress authority;
  private final Clock clock;
  private final Listener listener;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("relay-", 0).factory());

  /// Hears of each fetch that brought an address, on a thread of its own.
  @FunctionalInterface
  interface Listener {
    void fetched(Region region, Bounds at);
  }

  private Relay(
      DatagramSocket socket, InetSocketAddress authority, Clock clock, Listener listener) {
    this.socket = socket;
    this.authority = authority;
    this.clock = clock;
    this.listener = listener;
  }

  static Relay open(int authority, Clock clock, Listener listener) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral(World.LOOPBACK);
    Relay relay =
        new Relay(
            new DatagramSocket(new InetSocketAddress(loopback, 0)),
            new InetSocketAddress(loopback, authority),
            clock,
            listener);
    relay.threads.execute(relay::receive);
    return relay;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void receive() {
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        socket.receive(packet);
        Moment asked = clock.now();
        threads.execute(() -> relay(asked, packet));
      } catch (IOException _) {
        // Closed, which ends the loop, or one bad datagram, which must not.
      }
    }
  }

  private void relay(Moment asked, DatagramPacket question) {
    SocketAddress resolver = question.getSocketAddress();
    try (DatagramSocket upstream = new DatagramSocket()) {
      upstream.connect(authority);
      upstream.setSoTimeout(PATIENCE_MILLIS);
      upstream.send(new DatagramPacket(question.getData(), question.getLength()));
      DatagramPacket answer = new DatagramPacket(new byte[LARGEST], LARGEST);
      upstream.receive(answer);
      Region region = region(Arrays.copyOf(answer.getData(), answer.getLength()));
      socket.send(new DatagramPacket(answer.getData(), answer.getLength(), resolver));
      if (region != null) {
        listener.fetched(region, Bounds.between(asked, clock.now()));
      }
    } catch (IOException _) {
      // As if lost on the way; the resolver asks again.
    }
  }

  /// Which region's address the message holds; null if none.
  private static @Nullable Region region(byte[] message) {
    for (Region region : Region.values()) {
      byte[] address = InetAddress.ofLiteral(region.host()).getAddress();
      for (int at = 0; at + address.length <= message.length; at++) {
        if (Arrays.equals(message, at, at + address.length, address, 0, address.length)) {
          return region;
        }
      }
    }
    return null;
  }

  @Override
  public void close() {
    socket.close();
    threads.shutdownNow();
    threads.close();
  }
}
