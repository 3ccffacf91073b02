package dev.allclear.probes.http;

import dev.allclear.probes.wire.HttpSecurity;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import okhttp3.CipherSuite;
import okhttp3.ConnectionSpec;
import okhttp3.TlsVersion;
import org.jspecify.annotations.Nullable;

/// TLS as OkHttp would speak it to a host, for connections that it does not make. Any thread.
record Engines(TlsContext context, String host, Demand demand) implements HttpSecurity {

  /// RFC 5280 section 4.2.1.6.
  private static final List<Integer> NAMES = List.of(7, 2);

  @Override
  public SSLEngine engine(int port, List<String> protocols) {
    SSLEngine engine = context.telling(demand).engine(name(), port);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(
        both(
            names(ConnectionSpec.MODERN_TLS.tlsVersions(), TlsVersion::javaName),
            engine.getEnabledProtocols()));
    parameters.setCipherSuites(
        both(
            names(ConnectionSpec.MODERN_TLS.cipherSuites(), CipherSuite::javaName),
            engine.getEnabledCipherSuites()));
    parameters.setApplicationProtocols(protocols.toArray(String[]::new));
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static <T> Stream<String> names(@Nullable List<T> some, Function<T, String> name) {
    return Objects.requireNonNull(some).stream().map(name);
  }

  private static String[] both(Stream<String> wanted, String[] enabled) {
    return wanted.filter(List.of(enabled)::contains).toArray(String[]::new);
  }

  private String name() {
    return context.name() == null ? host : context.name();
  }

  @Override
  public void verify(SSLSession session) throws SSLPeerUnverifiedException {
    if (!LinkSettings.verifier().verify(name(), session)) {
      throw new SSLPeerUnverifiedException("subjectAltNames: " + names(session));
    }
  }

  private static List<String> names(SSLSession session) throws SSLPeerUnverifiedException {
    Certificate[] chain = session.getPeerCertificates();
    return Arrays.stream(chain).limit(1).flatMap(Engines::names).toList();
  }

  /// Addresses before hosts.
  private static Stream<String> names(Certificate certificate) {
    try {
      Collection<List<?>> names =
          certificate instanceof X509Certificate known ? known.getSubjectAlternativeNames() : null;
      return NAMES.stream()
          .flatMap(type ->
              names == null
                  ? Stream.empty()
                  : names.stream()
                      .filter(name -> type.equals(name.get(0)))
                      .map(name -> String.valueOf(name.get(1))));
    } catch (CertificateParsingException _) {
      return Stream.empty();
    }
  }
}
