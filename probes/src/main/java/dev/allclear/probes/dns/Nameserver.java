package dev.allclear.probes.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Answers DNS questions over UDP and TCP from a function: the nameservers of a world made up for a
/// demo or a test. Each question runs on a virtual thread of its own, so the function may block;
/// questions of one TCP connection are answered in turn.
public final class Nameserver implements AutoCloseable {
  private static final int ATTEMPTS = 20;
  private static final int LARGEST_QUERY = 4096;
  private static final Duration IDLE = Duration.ofSeconds(10);

  /// Says what is true. Any thread; an interrupt, by which a server ends its threads, must end it.
  @FunctionalInterface
  public interface Handler {
    /// Null leaves the question unanswered, as a hanging server does.
    @Nullable Answer answer(Question question);
  }

  /// `rcode` by name, as in `NOERROR` or `NXDOMAIN`. A SOA record that was not asked for travels in
  /// the authority section, as in a negative answer.
  public record Answer(String rcode, boolean authoritative, List<Resource> records) {
    public Answer {
      records = List.copyOf(records);
    }
  }

  /// One record; `data` and names as in a zone file, where every name counts from the root.
  public record Resource(String name, String type, Duration ttl, String data) {}

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Responder responder;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("nameserver-", 0).factory());

  private Nameserver(DatagramSocket udp, ServerSocket tcp, Handler handler) {
    this.udp = udp;
    this.tcp = tcp;
    this.responder = new Responder(handler);
  }

  /// Port 0 takes one that is free for both UDP and TCP.
  public static Nameserver start(InetSocketAddress address, Handler handler) throws IOException {
    Nameserver server = bind(address, handler, ATTEMPTS);
    server.threads.execute(server::receive);
    server.threads.execute(server::accept);
    return server;
  }

  private static Nameserver bind(InetSocketAddress address, Handler handler, int attempts)
      throws IOException {
    ServerSocket tcp = new ServerSocket(address.getPort(), 0, address.getAddress());
    try {
      DatagramSocket udp =
          new DatagramSocket(new InetSocketAddress(address.getAddress(), tcp.getLocalPort()));
      return new Nameserver(udp, tcp, handler);
    } catch (BindException e) {
      tcp.close();
      if (address.getPort() != 0 || attempts == 1) {
        throw e;
      }
      return bind(address, handler, attempts - 1);
    }
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
  }

  private void receive() {
    byte[] buffer = new byte[LARGEST_QUERY];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] query = Arrays.copyOf(buffer, packet.getLength());
        InetSocketAddress client = (InetSocketAddress) packet.getSocketAddress();
        threads.execute(() -> reply(query, client));
      } catch (IOException | RejectedExecutionException _) {
        // Closed, which ends the loop, or one bad datagram, which must not.
      }
    }
  }

  private void reply(byte[] query, InetSocketAddress client) {
    byte[] answer = responder.overUdp(query);
    if (answer != null) {
      try {
        udp.send(new DatagramPacket(answer, answer.length, client));
      } catch (IOException _) {
        // As if lost on the way.
      }
    }
  }

  private void accept() {
    while (!tcp.isClosed()) {
      try {
        welcome(tcp.accept());
      } catch (IOException _) {
        // Closed, which ends the loop, or a client that gave up, which must not.
      }
    }
  }

  private void welcome(Socket connection) throws IOException {
    try {
      threads.execute(() -> converse(connection));
    } catch (RejectedExecutionException _) {
      connection.close();
    }
  }

  private void converse(Socket connection) {
    try (connection) {
      connection.setSoTimeout((int) IDLE.toMillis());
      DataInputStream in = new DataInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      while (!tcp.isClosed()) {
        byte[] answer = responder.overTcp(in.readNBytes(in.readUnsignedShort()));
        if (answer != null) {
          out.write(Codec.framed(answer));
        }
      }
    } catch (IOException _) {
      // The client has left, or has been silent for too long.
    }
  }

  /// Interrupts every thread, which also closes the TCP connections they wait on, and waits for
  /// their end: a socket keeps its port until the thread that reads from it has left.
  @Override
  public void close() throws IOException {
    try (threads;
        tcp;
        udp) {
      threads.shutdownNow();
    }
  }
}
