package dev.allclear.probes.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Who a server has to prove to be, by a certificate for `name`, a host name or an IP address, from
/// an authority that is known. Any thread.
public final class Trust {
  private static final int LARGEST = 1024 * 1024;

  private final String name;
  private TrustManager @Nullable [] managers;

  private Trust(String name, TrustManager @Nullable [] managers) {
    this.name = name;
    this.managers = managers;
  }

  /// The authorities that this machine knows. They are loaded when they are needed, which takes
  /// some time.
  public static Trust system(String name) {
    return new Trust(name, null);
  }

  /// Only the authorities in a file, in PEM.
  ///
  /// @throws IllegalArgumentException with what is wrong with the file
  public static Trust only(Path authorities, String name) {
    return new Trust(name, managers(certificates(authorities)));
  }

  public String name() {
    return name;
  }

  /// A client's end of one connection. It resumes no session, since then the certificate would not
  /// be shown again.
  SSLEngine engine(int port, String... protocols) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(), null);
      SSLEngine engine = context.createSSLEngine(name, port);
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setApplicationProtocols(protocols);
      engine.setSSLParameters(parameters);
      return engine;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  private synchronized TrustManager[] managers() {
    if (managers == null) {
      managers = managers(null);
    }
    return managers;
  }

  private static TrustManager[] managers(@Nullable Collection<? extends Certificate> authorities) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities == null ? null : store(authorities));
      return trust.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }

  private static KeyStore store(Collection<? extends Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Certificate authority : authorities) {
      store.setCertificateEntry("ca-" + store.size(), authority);
    }
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IllegalArgumentException(
            file + " is larger than 1 MiB; write the certificates that are needed");
      }
      InputStream in = new ByteArrayInputStream(Files.readAllBytes(file));
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!found.isEmpty()) {
        return found;
      }
    } catch (NoSuchFileException _) {
      throw new IllegalArgumentException(file + " is not there; write the path of a PEM file");
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    } catch (CertificateException _) {
      // The same to whoever wrote it.
    }
    throw new IllegalArgumentException(
        file + " holds no certificate; write PEM, which begins with -----BEGIN CERTIFICATE-----");
  }
}
