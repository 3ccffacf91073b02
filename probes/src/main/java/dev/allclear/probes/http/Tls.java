package dev.allclear.probes.http;

import dev.allclear.probes.tls.PemFile;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What TLS is made of: the authorities to trust instead of the system's, a certificate to show,
/// and a name to ask for and to verify instead of the URL's host; each may be null. Files that
/// change are read again, and as long as what they hold is wrong the old content stays. Any thread.
public final class Tls {

  private static final System.Logger LOGGER = System.getLogger(Tls.class.getName());

  private final @Nullable PemFile ca;
  private final @Nullable PemFile certificate;
  private final @Nullable PemFile key;
  private final @Nullable String serverName;
  private final Tls elsewhere;
  private List<String> stamps;
  private TlsContext context;

  private Tls(
      @Nullable PemFile ca,
      @Nullable PemFile certificate,
      @Nullable PemFile key,
      @Nullable String serverName) {
    this.ca = ca;
    this.certificate = certificate;
    this.key = key;
    this.serverName = serverName;
    elsewhere = serverName == null ? this : new Tls(ca, certificate, key, null);
    stamps = stamps();
    context = load();
  }

  /// Without `key` it is in the certificate's file.
  ///
  /// @throws IllegalArgumentException if a file is wrong, or the key is another certificate's
  public static Tls of(
      @Nullable PemFile ca,
      @Nullable PemFile certificate,
      @Nullable PemFile key,
      @Nullable String serverName) {
    return new Tls(ca, certificate, key == null ? certificate : key, serverName);
  }

  /// The same for other hosts than the one that is named.
  Tls elsewhere() {
    return elsewhere;
  }

  /// Of the files as they are now.
  synchronized TlsContext context() {
    List<String> now = stamps();
    if (!now.equals(stamps)) {
      stamps = now;
      try {
        context = load();
      } catch (IllegalArgumentException e) {
        LOGGER.log(System.Logger.Level.WARNING, "{0}; going on with what it held", e.getMessage());
      }
    }
    return context;
  }

  private List<String> stamps() {
    return Stream.of(ca, certificate, key).filter(Objects::nonNull).map(PemFile::stamp).toList();
  }

  private TlsContext load() {
    TlsContext plain = TlsContext.of(ca, certificate, key);
    return serverName == null ? plain : plain.naming(serverName);
  }
}
