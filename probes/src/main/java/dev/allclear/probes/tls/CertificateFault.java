package dev.allclear.probes.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why a handshake came to nothing, as far as whoever uses TLS is told the same.
public final class CertificateFault {

  /// The JDK's words.
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

  private CertificateFault() {}

  /// What one exception says of the certificate; null if nothing.
  public static @Nullable String sentence(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case CertificateExpiredException _ -> "the certificate has expired: " + message;
      case CertificateNotYetValidException _ -> "the certificate is not valid yet: " + message;
      case CertPathBuilderException _ -> "the certificate is not signed by a trusted authority";
      case CertPathValidatorException e when e.getCause() == null ->
          "the certificate is not valid: " + message;
      default -> null;
    };
  }

  /// How the server itself ended TLS; null if it did not.
  public static @Nullable String alert(Throwable failure) {
    Matcher alert = ALERT.matcher(String.valueOf(failure.getMessage()));
    return alert.find() ? "the server ended TLS with the alert " + alert.group(1) : null;
  }
}
