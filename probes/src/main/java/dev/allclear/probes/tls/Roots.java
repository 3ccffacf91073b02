package dev.allclear.probes.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The authorities whose certificates are believed.
public final class Roots {
  private static final char[] NO_PASSWORD = new char[0];

  private Roots() {}

  /// Those of a file alone; null stands for those that this machine knows.
  ///
  /// @throws IllegalArgumentException with what is wrong with the file
  public static X509TrustManager of(@Nullable PemFile file)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(file == null ? null : store(file.certificates()));
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  private static KeyStore store(List<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("ca-" + i, certificates.get(i));
    }
    return store;
  }

  /// A store to put something into.
  public static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }
}
