package dev.allclear.probes.journey;

import static dev.allclear.probes.Outcome.pass;
import static dev.allclear.probes.journey.Trial.failed;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.http.Tls;
import dev.allclear.probes.tls.PemFile;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that ask for a certificate say so in one way, whenever and however they end the
/// connection.
final class ClientCertificateTest {
  private static final HeldCertificate MINE =
      new HeldCertificate.Builder().signedBy(Certificates.AUTHORITY).commonName("me").build();
  private static final HeldCertificate STRANGERS =
      new HeldCertificate.Builder()
          .signedBy(new HeldCertificate.Builder().certificateAuthority(0).build())
          .build();

  private static final Outcome UNSHOWN =
      failed(Cause.TLS, "the server asked for a client certificate, and none was shown");
  private static final Outcome OF_ANOTHER =
      failed(
          Cause.TLS, "the server asked for a client certificate of CN=Test CA, which ours is not");

  @TempDir private Path folder;

  /// What the server does once it knows what it was shown.
  private interface Reaction {
    void to(SSLSocket secured, Socket raw, boolean content) throws IOException;
  }

  @Test
  void isShownToWhoAsksForIt() throws IOException {
    assertEquals(pass(), ask(MINE, ClientCertificateTest::answer));
  }

  @RepeatedTest(10)
  void isMissedByWhoEndsTheConnectionWithAnAlert() throws IOException {
    assertEquals(UNSHOWN, ask(null, ClientCertificateTest::answer));
  }

  @RepeatedTest(10)
  void isMissedByWhoseAlertGetsLost() throws IOException {
    assertEquals(UNSHOWN, ask(null, ClientCertificateTest::reset));
  }

  @Test
  void isNotShownToWhoTrustsOthers() throws IOException {
    assertEquals(OF_ANOTHER, ask(STRANGERS, ClientCertificateTest::reset));
  }

  @Test
  void isRefusedByWhoClosesTheConnectionUponIt() throws IOException {
    assertEquals(
        failed(
            Cause.TLS, "the server closed the connection when it was shown the client certificate"),
        ask(MINE, (_, raw, _) -> reset(raw)));
  }

  @Test
  void isNoExcuseForAServerNobodyTrusts() throws IOException {
    assertEquals(
        failed(Cause.TLS, "the certificate is not signed by a trusted authority"),
        ask(null, Certificates.SELF_SIGNED, ClientCertificateTest::answer));
  }

  private Outcome ask(@Nullable HeldCertificate mine, Reaction reaction) throws IOException {
    return ask(mine, Certificates.GOOD, reaction);
  }

  private Outcome ask(@Nullable HeldCertificate mine, HeldCertificate servers, Reaction reaction)
      throws IOException {
    SSLSocketFactory sockets =
        new HandshakeCertificates.Builder()
            .heldCertificate(servers)
            .addTrustedCertificate(Certificates.AUTHORITY.certificate())
            .build()
            .sslSocketFactory();
    try (RawServer server = RawServer.start((raw, _) -> demand(sockets, raw, reaction))) {
      Link link = Link.DEFAULT.secured(showing(mine));
      String url = "https://shop.example:" + server.port() + "/";
      return run(get(url).step().over(link)).outcome();
    }
  }

  private Tls showing(@Nullable HeldCertificate mine) throws IOException {
    PemFile ca = PemFile.ofCertificates(write("ca.pem", Certificates.AUTHORITY.certificatePem()));
    if (mine == null) {
      return Tls.of(ca, null, null, null);
    }
    Path both = write("me.pem", mine.certificatePem() + mine.privateKeyPkcs8Pem());
    return Tls.of(ca, PemFile.ofCertificates(both), null, null);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void demand(SSLSocketFactory sockets, Socket raw, Reaction reaction)
      throws IOException {
    SSLSocket secured = (SSLSocket) sockets.createSocket(raw, null, raw.getPort(), false);
    secured.setUseClientMode(false);
    secured.setNeedClientAuth(true);
    try {
      secured.startHandshake();
      reaction.to(secured, raw, true);
    } catch (SSLException _) {
      reaction.to(secured, raw, false);
    }
  }

  /// The socket itself is closed after it; before, the handshake has sent its alert.
  private static void answer(SSLSocket secured, Socket raw, boolean content) throws IOException {
    if (content) {
      RawServer.readRequest(secured);
      RawServer.write(secured, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }
  }

  private static void reset(SSLSocket secured, Socket raw, boolean content) throws IOException {
    reset(raw);
  }

  private static void reset(Socket raw) throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }
}
