package dev.allclear.probes.http;

import dev.allclear.probes.tls.Causes;
import dev.allclear.probes.tls.PemFile;
import dev.allclear.probes.tls.Roots;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Whom to trust, what to show and which name to ask for in TLS handshakes, ready for use; a null
/// name is the host's.
record TlsContext(ClientCertificate shown, X509TrustManager trust, @Nullable String name) {

  private static final char[] NO_PASSWORD = new char[0];

  /// Null stands for the system's authorities, and for no certificate.
  ///
  /// @throws IllegalArgumentException if a file is wrong
  static TlsContext of(@Nullable PemFile ca, @Nullable PemFile certificate, @Nullable PemFile key) {
    try {
      X509TrustManager trust = Roots.of(ca);
      ClientCertificate shown =
          certificate == null || key == null ? ClientCertificate.NONE : shown(certificate, key);
      TlsContext context = new TlsContext(shown, trust, null);
      warm(context.fresh());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + Causes.reason(e), e);
    }
  }

  /// The same, but asking for a name.
  TlsContext naming(String other) {
    return new TlsContext(shown, trust, other);
  }

  /// Sockets that resume no session but their own: a server that resumes one shows no certificate,
  /// so that it could have expired since.
  SSLSocketFactory sockets() {
    try {
      SSLSocketFactory sockets = fresh().getSocketFactory();
      return name == null ? sockets : new ServerName(sockets, name);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS was set up before", e);
    }
  }

  /// The same, telling what the server asks of its client.
  TlsContext telling(Demand demand) {
    return new TlsContext(shown.telling(demand), trust, name);
  }

  /// A client's end of a connection to a host.
  SSLEngine engine(String host, int port) {
    try {
      SSLEngine engine = fresh().createSSLEngine(host, port);
      engine.setUseClientMode(true);
      return engine;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS was set up before", e);
    }
  }

  private SSLContext fresh() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {shown}, new TrustManager[] {trust}, null);
    return context;
  }

  private static ClientCertificate shown(PemFile certificate, PemFile key)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> chain = certificate.certificates();
    PrivateKey secret = key.key();
    if (!fits(secret, chain.getFirst())) {
      throw key.wrong("holds the key of another certificate than " + certificate.path());
    }
    KeyStore store = Roots.empty();
    store.setKeyEntry("shown", secret, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return new ClientCertificate((X509KeyManager) factory.getKeyManagers()[0], null);
  }

  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /// Begins a handshake with nobody: what the JDK loads for its first one is not the target's time.
  private static void warm(SSLContext context) throws IOException {
    SSLEngine engine = context.createSSLEngine("host.example", 443);
    engine.setUseClientMode(true);
    engine.beginHandshake();
    var _ =
        engine.wrap(
            ByteBuffer.allocate(0), ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
  }
}
