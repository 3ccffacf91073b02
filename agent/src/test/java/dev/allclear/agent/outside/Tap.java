package dev.allclear.agent.outside;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;

/// Stands between one cache and one authority, over UDP and TCP, and keeps what was fetched when:
/// since the question came in, and until the cache is known to have taken up the answer. An
/// authority that does not run is silent through it, as a dead host is, and does not refuse. Any
/// thread.
final class Tap implements Closeable {
  private static final int LARGEST = 65_535;
  private static final int PATIENCE = Math.toIntExact(Duration.ofSeconds(5).toMillis());

  private final DatagramSocket datagrams;
  private final ServerSocket streams;
  private final InetSocketAddress authority;
  private final List<Kept> kept = new ArrayList<>();
  private volatile boolean isCut;

  /// The instant at which the cache has taken up what it was given.
  private volatile Supplier<Instant> taking = Instant::now;

  private Tap(DatagramSocket datagrams, ServerSocket streams, InetSocketAddress authority) {
    this.datagrams = datagrams;
    this.streams = streams;
    this.authority = authority;
  }

  static Tap open(int authority) throws IOException {
    return open(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), authority);
  }

  static Tap open(InetSocketAddress at, int authority) throws IOException {
    Tap tap =
        new Tap(
            new DatagramSocket(at),
            new ServerSocket(at.getPort(), 50, at.getAddress()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), authority));
    Thread.ofVirtual().name("tap-udp").start(tap::relayDatagrams);
    Thread.ofVirtual().name("tap-tcp").start(tap::relayStreams);
    return tap;
  }

  /// Its `ADDRESS:PORT`.
  String address() {
    return datagrams.getLocalAddress().getHostAddress() + ":" + datagrams.getLocalPort();
  }

  /// From now on it asks when the cache has taken up what it was given.
  void givesTo(Supplier<Instant> cache) {
    taking = cache;
  }

  /// In the order in which they were answered or given up.
  List<Fetch> fetches() {
    return kept().stream().map(Kept::fetch).toList();
  }

  private synchronized List<Kept> kept() {
    return List.copyOf(kept);
  }

  /// From now on nothing gets through, or everything again.
  void cut(boolean isCut) {
    this.isCut = isCut;
  }

  private void relayDatagrams() {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        datagrams.receive(packet);
        Instant asked = Instant.now();
        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
        SocketAddress cache = packet.getSocketAddress();
        Giving giving = answer -> datagrams.send(new DatagramPacket(answer, answer.length, cache));
        Thread.ofVirtual().start(() -> relay(asked, question, this::overUdp, giving));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private void relayStreams() {
    try {
      while (true) {
        Socket cache = streams.accept();
        Thread.ofVirtual().start(() -> converse(cache));
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  private void converse(Socket cache) {
    try (cache;
        DataInputStream in = new DataInputStream(cache.getInputStream());
        DataOutputStream out = new DataOutputStream(cache.getOutputStream())) {
      while (true) {
        byte[] question = framed(in);
        relay(Instant.now(), question, this::overTcp, answer -> frame(answer, out));
      }
    } catch (IOException _) {
      // The cache has no more questions.
    }
  }

  private byte[] overUdp(byte[] question) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(authority);
      socket.setSoTimeout(PATIENCE);
      socket.send(new DatagramPacket(question, question.length));
      DatagramPacket answer = new DatagramPacket(new byte[LARGEST], LARGEST);
      socket.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  private byte[] overTcp(byte[] question) throws IOException {
    try (Socket socket = new Socket(authority.getAddress(), authority.getPort())) {
      socket.setSoTimeout(PATIENCE);
      frame(question, new DataOutputStream(socket.getOutputStream()));
      return framed(new DataInputStream(socket.getInputStream()));
    }
  }

  private void relay(Instant asked, byte[] question, Asking asking, Giving giving) {
    Kept fetch;
    try {
      fetch =
          isCut ? keep(asked, question, null) : give(asked, question, asking.ask(question), giving);
    } catch (IOException _) {
      // The authority is silent, or the cache is gone.
      fetch = keep(asked, question, null);
    }
    fetch.over.complete(fetch.answer == null ? Instant.now() : taking.get());
  }

  /// With the lock: whoever has heard from the cache what it was given finds that in the log.
  private synchronized Kept give(Instant asked, byte[] question, byte[] answer, Giving giving)
      throws IOException {
    if (isCut) {
      return keep(asked, question, null);
    }
    giving.give(answer);
    return keep(asked, question, answer);
  }

  private synchronized Kept keep(Instant asked, byte[] question, byte @Nullable [] answer) {
    try {
      Message given = answer == null ? null : new Message(answer);
      Kept fetch = new Kept(asked, new CompletableFuture<>(), new Message(question), given);
      kept.add(fetch);
      return fetch;
    } catch (IOException e) {
      throw new AssertionError("no DNS message", e);
    }
  }

  private static byte[] framed(DataInputStream in) throws IOException {
    byte[] message = in.readNBytes(in.readUnsignedShort());
    if (message.length == 0) {
      throw new EOFException("no message");
    }
    return message;
  }

  private static void frame(byte[] message, DataOutputStream out) throws IOException {
    byte[] frame = new byte[message.length + 2];
    frame[0] = (byte) (message.length >> 8);
    frame[1] = (byte) message.length;
    System.arraycopy(message, 0, frame, 2, message.length);
    out.write(frame);
    out.flush();
  }

  /// A fetch that is over when the cache has taken up the answer.
  private record Kept(
      Instant asked, CompletableFuture<Instant> over, Message question, @Nullable Message answer) {
    Fetch fetch() {
      return new Fetch(new Truth(asked, over.join()), question, answer);
    }
  }

  /// Gets an answer of the authority.
  private interface Asking {
    byte[] ask(byte[] question) throws IOException;
  }

  /// Gives an answer to the cache.
  private interface Giving {
    void give(byte[] answer) throws IOException;
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
    streams.close();
  }
}
