package dev.allclear.probes.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.wire.StreamServer.Manner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over TCP and TLS.
final class StreamsTest {
  private static final Packet SHOP = Messages.query("shop.example");
  private static final String ENDED = "no answer before the connection ended";
  private static final String CLOSED = "connection closed in the TLS handshake";

  private final Wire wire = Wire.open(new RealClock());

  @TempDir private Path folder;

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void answersOverTcp() throws IOException, InterruptedException {
    Exchanged.Answered answered =
        assertInstanceOf(Exchanged.Answered.class, overTcp(Messages::answer));
    assertArrayEquals(Messages.answer(SHOP.bytes()), answered.packet().withId(SHOP.id()).bytes());
    assertEquals(answered.begin().until(answered.received()), answered.phases().total());
    assertTrue(answered.phases().connect().isPositive());
    assertTrue(answered.phases().tls().isZero());
  }

  @Test
  void takesTheLargestAnswer() throws IOException, InterruptedException {
    Exchanged exchanged = overTcp(query -> Arrays.copyOf(Messages.answer(query), Packet.LARGEST));
    assertEquals(
        Packet.LARGEST, assertInstanceOf(Exchanged.Answered.class, exchanged).packet().length());
  }

  @Test
  void readsWhatComesInPieces() throws IOException, InterruptedException {
    Manner dripping =
        socket -> {
          for (byte octet : Messages.framed(Messages.answer(StreamServer.read(socket)))) {
            socket.getOutputStream().write(octet);
            socket.getOutputStream().flush();
          }
          StreamServer.hang(socket);
        };
    try (StreamServer server = StreamServer.start(dripping)) {
      assertInstanceOf(
          Exchanged.Answered.class, ask(new Route.Tcp(server.address()), Messages.LONG));
    }
  }

  @Test
  void callsBadAnswersByTheirName() throws IOException, InterruptedException {
    assertBroken("an answer with a wrong id", overTcp(query -> Messages.wrongId(query)));
    assertBroken("an answer with a wrong id", overTcp(_ -> new byte[0]));
    assertBroken(
        "an answer to another question",
        overTcp(query -> Messages.otherQuestion(Messages.answer(query))));
    assertBroken("something other than an answer", overTcp(query -> query));
    assertBroken("a malformed answer", overTcp(query -> Arrays.copyOf(Messages.answer(query), 15)));
  }

  @Test
  void noticesTheEnd() throws IOException, InterruptedException {
    assertBroken(ENDED, over(_ -> {}, Messages.LONG));
    assertBroken(ENDED, over(StreamServer::read, Messages.LONG));
    assertBroken(
        ENDED,
        over(
            socket -> {
              StreamServer.read(socket);
              socket.getOutputStream().write(new byte[] {40, 0, 1, 2, 3});
            },
            Messages.LONG));
    assertBroken(
        ENDED,
        over(
            socket -> {
              StreamServer.read(socket);
              socket.setSoLinger(true, 0);
            },
            Messages.LONG));
  }

  @Test
  void endsInTimeWhateverDrips() throws IOException, InterruptedException {
    Manner drips =
        socket -> {
          byte[] query = StreamServer.read(socket);
          socket.getOutputStream().write(new byte[] {(byte) 0xFF, (byte) 0xFF});
          for (byte octet : Messages.answer(query)) {
            socket.getOutputStream().write(octet);
          }
          StreamServer.hang(socket);
        };
    assertInstanceOf(Exchanged.Silent.class, over(drips, Duration.ofMillis(200)));
  }

  @Test
  void noticesAClosedPort() throws IOException, InterruptedException {
    try (Socket deaf = new Socket()) {
      // It has the port to itself, but does not listen.
      deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      InetSocketAddress gone = (InetSocketAddress) deaf.getLocalSocketAddress();
      Exchanged exchanged = ask(new Route.Tcp(gone), Messages.LONG);
      assertEquals(
          "Connection refused", assertInstanceOf(Exchanged.Refused.class, exchanged).reason());
    }
  }

  @Test
  void boundsItsConnections() throws IOException {
    try (StreamServer server = StreamServer.start(StreamServer::hang)) {
      Query query = new Query(new Route.Tcp(server.address()), SHOP, Messages.LONG);
      List<CompletableFuture<Exchanged>> all = new ArrayList<>();
      for (int i = 0; i < Streams.MOST; i++) {
        all.add(wire.send(query));
      }
      Exchanged exchanged = wire.send(query).join();
      assertEquals(
          "all 256 connections wait for answers",
          assertInstanceOf(Exchanged.Unsent.class, exchanged).reason());
      all.forEach(future -> future.cancel(false));
    }
  }

  @Test
  void answersOverTls() throws IOException, InterruptedException {
    Exchanged.Answered answered =
        assertInstanceOf(
            Exchanged.Answered.class,
            overTls(showing(Certificates.GOOD), Certificates.NAME, Messages.LONG));
    assertEquals(SHOP.length(), answered.packet().length());
    assertTrue(answered.phases().tls().isPositive());
    assertInstanceOf(
        Exchanged.Answered.class,
        overTls(showing(Certificates.OF_ADDRESS), "127.0.0.1", Messages.LONG));
  }

  @Test
  void trustsOnlyTheRightCertificate() throws IOException, InterruptedException {
    assertUntrusted("the certificate has expired: NotAfter: ", Certificates.EXPIRED);
    assertUntrusted("the certificate is not valid yet: NotBefore: ", Certificates.EARLY);
    assertUntrusted("the certificate is for another host", Certificates.OTHER_HOST);
    assertUntrusted("the certificate is for another host", Certificates.OF_ADDRESS);
    String unknown = "the certificate is not signed by a trusted authority";
    assertUntrusted(unknown, Certificates.SELF_SIGNED);
    assertUntrusted(unknown, Certificates.FOREIGN);
    try (StreamServer server = StreamServer.start(showing(Certificates.GOOD))) {
      Route route = new Route.Tls(server.address(), Trust.system(Certificates.NAME));
      assertFault(unknown, ask(route, Messages.LONG));
    }
  }

  @Test
  void saysWhatWentWrongInTheHandshake() throws IOException, InterruptedException {
    assertFault(CLOSED, overTls(_ -> {}, Certificates.NAME, Messages.LONG));
    assertFault(
        CLOSED,
        overTls(
            socket -> {
              var _ = socket.getInputStream().read();
              socket.setSoLinger(true, 0);
            },
            Certificates.NAME,
            Messages.LONG));
    assertFault(
        "the server does not speak TLS on this port",
        overTls(
            socket -> {
              socket
                  .getOutputStream()
                  .write("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.US_ASCII));
              StreamServer.hang(socket);
            },
            Certificates.NAME,
            Messages.LONG));
    assertFault(
        "the server ended TLS with the alert handshake_failure",
        overTls(
            socket -> {
              var _ = socket.getInputStream().read();
              socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
              StreamServer.hang(socket);
            },
            Certificates.NAME,
            Messages.LONG));
    assertInstanceOf(
        Exchanged.Silent.class,
        overTls(StreamServer::hang, Certificates.NAME, Duration.ofMillis(200)));
  }

  @Test
  void noticesTheEndOverTls() throws IOException, InterruptedException {
    Manner leaves =
        socket -> {
          try (SSLSocket secured = Certificates.accept(Certificates.GOOD, socket)) {
            StreamServer.read(secured);
          }
        };
    assertBroken(ENDED, overTls(leaves, Certificates.NAME, Messages.LONG));
  }

  @Test
  void saysWhatIsWrongWithAFileOfAuthorities() throws IOException {
    Path none = folder.resolve("none.pem");
    assertFile(none + " is not there; write the path of a PEM file", none);
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
    String wanted =
        " holds no certificate; write PEM, which begins with -----BEGIN CERTIFICATE-----";
    assertFile(empty + wanted, empty);
    Path large = Files.write(folder.resolve("large.pem"), new byte[1024 * 1024 + 1]);
    assertFile(large + " is larger than 1 MiB; write the certificates that are needed", large);
    assertFile(folder + " cannot be read: Is a directory", folder);
  }

  private static void assertFile(String message, Path file) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Trust.only(file, "dns.example"))
            .getMessage());
  }

  private void assertUntrusted(String reason, HeldCertificate shown)
      throws IOException, InterruptedException {
    assertFault(reason, overTls(showing(shown), Certificates.NAME, Messages.LONG));
  }

  private static void assertFault(String reason, Exchanged exchanged) {
    Exchanged.Broken broken = assertInstanceOf(Exchanged.Broken.class, exchanged);
    assertEquals(Cause.TLS, broken.cause(), broken::reason);
    assertTrue(broken.reason().startsWith(reason), broken::reason);
  }

  private static void assertBroken(String reason, Exchanged exchanged) {
    Exchanged.Broken broken = assertInstanceOf(Exchanged.Broken.class, exchanged);
    assertEquals(reason, broken.reason());
    assertEquals(Cause.PROTOCOL, broken.cause());
  }

  private static Manner showing(HeldCertificate held) {
    return socket -> {
      try (SSLSocket secured = Certificates.accept(held, socket)) {
        answer(secured, Messages.answer(StreamServer.read(secured)));
      }
    };
  }

  private static void answer(Socket socket, byte[] answer) throws IOException {
    socket.getOutputStream().write(Messages.framed(answer));
    StreamServer.hang(socket);
  }

  @FunctionalInterface
  private interface Answer {
    byte[] to(byte[] query);
  }

  private Exchanged overTcp(Answer answer) throws IOException, InterruptedException {
    return over(socket -> answer(socket, answer.to(StreamServer.read(socket))), Messages.LONG);
  }

  private Exchanged over(Manner manner, Duration timeout) throws IOException, InterruptedException {
    try (StreamServer server = StreamServer.start(manner)) {
      return ask(new Route.Tcp(server.address()), timeout);
    }
  }

  private Exchanged overTls(Manner manner, String name, Duration timeout)
      throws IOException, InterruptedException {
    try (StreamServer server = StreamServer.start(manner)) {
      return ask(new Route.Tls(server.address(), Certificates.trust(name)), timeout);
    }
  }

  private Exchanged ask(Route route, Duration timeout) throws InterruptedException {
    return wire.ask(new Query(route, SHOP, timeout));
  }
}
