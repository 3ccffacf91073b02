package dev.allclear.probes.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/// An authority for tests, and servers' certificates, good and bad.
public final class Certificates {
  public static final String NAME = "dns.example";
  public static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("Test CA").build();
  public static final HeldCertificate GOOD = signed(AUTHORITY, NAME, -1, 1);
  static final HeldCertificate OF_ADDRESS = signed(AUTHORITY, "127.0.0.1", -1, 1);
  public static final HeldCertificate EXPIRED = signed(AUTHORITY, NAME, -2, -1);
  static final HeldCertificate EARLY = signed(AUTHORITY, NAME, 1, 2);
  static final HeldCertificate OTHER_HOST = signed(AUTHORITY, "other.example", -1, 1);
  static final HeldCertificate SELF_SIGNED =
      new HeldCertificate.Builder().addSubjectAlternativeName(NAME).build();
  static final HeldCertificate FOREIGN =
      signed(new HeldCertificate.Builder().certificateAuthority(0).build(), NAME, -1, 1);

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

  /// Whoever shows a certificate of our authority.
  static Trust trust(String name) {
    try {
      Path file = Files.createTempFile("allclear-ca", ".pem");
      file.toFile().deleteOnExit();
      Files.writeString(file, AUTHORITY.certificatePem());
      return Trust.only(file, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static HandshakeCertificates server(HeldCertificate held) {
    return new HandshakeCertificates.Builder().heldCertificate(held).build();
  }

  /// The server's end of a connection, secured.
  public static SSLSocket accept(HeldCertificate held, Socket socket, String... protocols)
      throws IOException {
    SSLSocket secured =
        (SSLSocket)
            server(held).sslSocketFactory().createSocket(socket, null, socket.getPort(), true);
    secured.setUseClientMode(false);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }
}
