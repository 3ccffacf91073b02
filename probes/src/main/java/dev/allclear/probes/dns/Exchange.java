package dev.allclear.probes.dns;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Moment;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/// Carries one query to one server and its answer back, over blocking sockets of its own. Runs on
/// the caller's virtual thread, which closes the socket when it is interrupted.
final class Exchange {
  /// More than we offer in EDNS, for servers that do not listen.
  private static final int LARGEST_DATAGRAM = 4096;

  private static final int MOST_STRAYS = 100;

  /// The answer, and when it had arrived.
  record Arrived(Message message, Moment at) {}

  private final Server server;
  private final Message query;
  private final Duration timeout;
  private final Clock clock;
  private final Moment deadline;

  Exchange(Server server, Message query, Duration timeout, Clock clock) {
    this.server = server;
    this.query = query;
    this.timeout = timeout;
    this.clock = clock;
    this.deadline = clock.now().plus(timeout);
  }

  /// @throws SocketTimeoutException if nothing came in time
  /// @throws ProtocolException if what came is no answer; the message says what it was
  /// @throws BindException if this machine could not open a socket
  Arrived ask() throws IOException {
    Arrived first =
        switch (server.transport()) {
          case UDP -> overUdp();
          case TCP -> overTcp();
        };
    if (!isTruncated(first)) {
      return first;
    }
    Arrived whole = server.transport() == Server.Transport.UDP ? overTcp() : first;
    if (isTruncated(whole)) {
      throw new ProtocolException("an answer that is truncated even over TCP");
    }
    return whole;
  }

  private static boolean isTruncated(Arrived arrived) {
    return arrived.message().getHeader().getFlag(Flags.TC);
  }

  private Arrived overUdp() throws IOException {
    // A fresh socket per query gives a random port, and connecting it lets the kernel drop what
    // others send and report a closed port at once (RFC 5452, 9.2).
    try (DatagramSocket socket = open()) {
      socket.connect(server.address());
      byte[] packet = query.toWire();
      socket.send(new DatagramPacket(packet, packet.length));
      for (int strays = 0; strays < MOST_STRAYS; strays++) {
        byte[] answer = receive(socket, strays);
        Moment at = clock.now();
        if (isOurs(answer)) {
          return new Arrived(checked(answer), at);
        }
      }
      throw new ProtocolException("over " + MOST_STRAYS + " packets with a wrong id");
    }
  }

  private static DatagramSocket open() throws BindException {
    try {
      return new DatagramSocket();
    } catch (SocketException e) {
      throw local(e);
    }
  }

  private static BindException local(IOException e) {
    BindException local = new BindException(e.getMessage());
    local.initCause(e);
    return local;
  }

  private byte[] receive(DatagramSocket socket, int strays) throws IOException {
    DatagramPacket packet =
        new DatagramPacket(new byte[LARGEST_DATAGRAM + 1], LARGEST_DATAGRAM + 1);
    try {
      socket.setSoTimeout(patience());
      socket.receive(packet);
    } catch (SocketTimeoutException e) {
      if (strays == 0) {
        throw e;
      }
      throw new ProtocolException(
          "only packets with a wrong id (%d) within %s"
              .formatted(strays, Figures.written(timeout)));
    }
    if (packet.getLength() > LARGEST_DATAGRAM) {
      throw new ProtocolException("a datagram of more than " + LARGEST_DATAGRAM + " bytes");
    }
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private Arrived overTcp() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server.address(), patience());
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(Wire.framed(query.toWire()));
      byte[] answer = read(socket, Wire.number(read(socket, 2)));
      Moment at = clock.now();
      if (!isOurs(answer)) {
        throw new ProtocolException("an answer with a wrong id");
      }
      return new Arrived(checked(answer), at);
    } catch (EOFException _) {
      throw new ProtocolException("no answer before the connection ended");
    }
  }

  /// The patience shrinks with every read, so a server that drips bytes gains no time.
  private byte[] read(Socket socket, int count) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[count];
    int filled = 0;
    while (filled < count) {
      socket.setSoTimeout(patience());
      int more = in.read(bytes, filled, count - filled);
      if (more < 0) {
        throw new EOFException();
      }
      filled += more;
    }
    return bytes;
  }

  /// Milliseconds until the deadline; never zero, which sockets take for "without end".
  private int patience() throws SocketTimeoutException {
    long millis = clock.now().until(deadline).plusNanos(999_999).toMillis();
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  private boolean isOurs(byte[] answer) {
    return answer.length >= 2 && Wire.number(answer) == query.getHeader().getID();
  }

  private Message checked(byte[] answer) throws ProtocolException {
    Message message;
    try {
      message = Wire.decode(answer);
    } catch (IOException _) {
      throw new ProtocolException("a malformed answer");
    }
    if (!message.getHeader().getFlag(Flags.QR) || message.getHeader().getOpcode() != Opcode.QUERY) {
      throw new ProtocolException("something other than an answer");
    }
    Record echoed = message.getQuestion();
    // A server that could not read the question may leave it out of its error.
    boolean mute = echoed == null && message.getRcode() != Rcode.NOERROR;
    if (!mute && !query.getQuestion().equals(echoed)) {
      throw new ProtocolException("an answer to another question");
    }
    return message;
  }
}
