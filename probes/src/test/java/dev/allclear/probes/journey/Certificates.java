package dev.allclear.probes.journey;

import dev.allclear.probes.http.Tls;
import dev.allclear.probes.tls.PemFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/// An authority for tests, and servers' certificates, good and bad.
final class Certificates {
  static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("Test CA").build();
  static final HeldCertificate GOOD = signed(AUTHORITY, "shop.example", -1, 1);
  static final HeldCertificate EXPIRED = signed(AUTHORITY, "shop.example", -2, -1);
  static final HeldCertificate EARLY = signed(AUTHORITY, "shop.example", 1, 2);
  static final HeldCertificate OTHER_HOST = signed(AUTHORITY, "other.example", -1, 1);
  static final HeldCertificate SELF_SIGNED =
      new HeldCertificate.Builder().addSubjectAlternativeName("shop.example").build();
  static final HeldCertificate FOREIGN =
      signed(new HeldCertificate.Builder().certificateAuthority(0).build(), "shop.example", -1, 1);

  private Certificates() {}

  private static HeldCertificate signed(
      HeldCertificate authority, String host, int fromDay, int toDay) {
    Instant now = Instant.now();
    return new HeldCertificate.Builder()
        .signedBy(authority)
        .addSubjectAlternativeName(host)
        .validityInterval(
            now.plus(fromDay, ChronoUnit.DAYS).toEpochMilli(),
            now.plus(toDay, ChronoUnit.DAYS).toEpochMilli())
        .build();
  }

  /// TLS that trusts the authority, and nobody else.
  static Tls trusting() {
    try {
      Path ca = Files.createTempFile("allclear-ca", ".pem");
      ca.toFile().deleteOnExit();
      Files.writeString(ca, AUTHORITY.certificatePem());
      return Tls.of(PemFile.ofCertificates(ca), null, null, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SSLSocketFactory server(HeldCertificate held) {
    return new HandshakeCertificates.Builder().heldCertificate(held).build().sslSocketFactory();
  }

  /// Answers with that certificate.
  static RawServer.Conversation showing(HeldCertificate held) {
    SSLSocketFactory sockets = server(held);
    return (socket, _) -> {
      try (Socket secured = accept(sockets, socket)) {
        RawServer.readRequest(secured);
        RawServer.write(secured, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nneedle");
      }
    };
  }

  private static Socket accept(SSLSocketFactory sockets, Socket socket) throws IOException {
    SSLSocket secured = (SSLSocket) sockets.createSocket(socket, null, socket.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }
}
