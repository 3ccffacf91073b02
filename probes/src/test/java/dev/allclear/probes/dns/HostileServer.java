package dev.allclear.probes.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// Sends to every query whatever bytes it was told to, over UDP or, raw and unframed, over TCP.
final class HostileServer implements AutoCloseable {
  private static final int LARGEST_QUERY = 512;
  private static final int ATTEMPTS = 20;

  private final DatagramSocket udp;
  private final ServerSocket tcp;

  private HostileServer(DatagramSocket udp, ServerSocket tcp) {
    this.udp = udp;
    this.tcp = tcp;
  }

  static HostileServer start(
      Function<Message, List<byte[]>> datagrams, Function<Message, List<byte[]>> stream)
      throws IOException {
    HostileServer server = bind(ATTEMPTS);
    Thread.ofVirtual().start(() -> server.receive(datagrams));
    Thread.ofVirtual().start(() -> server.accept(stream));
    return server;
  }

  /// A port that is free for TCP may not be so for UDP.
  private static HostileServer bind(int attempts) throws IOException {
    ServerSocket tcp = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    try {
      return new HostileServer(
          new DatagramSocket(new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort())), tcp);
    } catch (BindException e) {
      tcp.close();
      if (attempts == 1) {
        throw e;
      }
      return bind(attempts - 1);
    }
  }

  static HostileServer overUdp(Function<Message, List<byte[]>> datagrams) throws IOException {
    return start(datagrams, _ -> List.of());
  }

  /// Truncates every answer over UDP.
  static HostileServer overTcp(Function<Message, List<byte[]>> stream) throws IOException {
    return start(query -> List.of(truncated(query).toWire()), stream);
  }

  Server as(String name) {
    return new Server(
        name,
        new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort()),
        Server.Transport.UDP,
        false);
  }

  static Message reply(Message query) {
    Message reply = new Message(query.getHeader().getID());
    reply.getHeader().setFlag(Flags.QR);
    reply.addRecord(query.getQuestion(), Section.QUESTION);
    return reply;
  }

  static Message truncated(Message query) {
    Message reply = reply(query);
    reply.getHeader().setFlag(Flags.TC);
    return reply;
  }

  private void receive(Function<Message, List<byte[]>> datagrams) {
    try {
      while (!udp.isClosed()) {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST_QUERY], LARGEST_QUERY);
        udp.receive(packet);
        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        for (byte[] answer : datagrams.apply(query)) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException _) {
      udp.close();
    }
  }

  private void accept(Function<Message, List<byte[]>> stream) {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        Message query = new Message(in.readNBytes(in.readUnsignedShort()));
        for (byte[] answer : stream.apply(query)) {
          socket.getOutputStream().write(answer);
        }
      } catch (IOException _) {
        // The client has seen enough.
      }
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
