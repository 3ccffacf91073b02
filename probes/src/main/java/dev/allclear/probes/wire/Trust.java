package dev.allclear.probes.wire;

import dev.allclear.probes.tls.PemFile;
import dev.allclear.probes.tls.Roots;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Who a server has to prove to be, by a certificate for `name`, a host name or an IP address, from
/// an authority that is known. Any thread.
public final class Trust {
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
    return new Trust(name, managers(new PemFile(authorities)));
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

  private static TrustManager[] managers(@Nullable PemFile authorities) {
    try {
      return new TrustManager[] {Roots.of(authorities)};
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }
}
