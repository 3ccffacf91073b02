package dev.allclear.probes.http;

import dev.allclear.probes.tls.Causes;
import dev.allclear.probes.tls.CertificateFault;
import java.io.EOFException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// Why TLS did not come about, in a sentence.
final class TlsFault {

  /// The JDK's and OkHttp's words.
  private static final Pattern TOO_OLD =
      Pattern.compile("server selected protocol version (TLS|SSL)v?(\\d)\\.?(\\d?)");

  private static final Pattern NAMES = Pattern.compile("subjectAltNames: \\[(.+)]");

  private TlsFault() {}

  static String sentence(Throwable failure) {
    return Causes.chain(failure)
        .map(TlsFault::known)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> "TLS: " + Causes.reason(failure));
  }

  /// True if the server said that it ends TLS.
  static boolean isAlert(Throwable failure) {
    return CertificateFault.alert(failure) != null;
  }

  private static @Nullable String known(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case SSLPeerUnverifiedException _ -> "the certificate is for another host" + names(message);
      case EOFException _ -> "connection closed in the TLS handshake";
      case SSLException _ -> ended(failure, message);
      default -> CertificateFault.sentence(failure);
    };
  }

  private static String names(String message) {
    Matcher names = NAMES.matcher(message);
    return names.find() ? ": " + names.group(1) : "";
  }

  private static @Nullable String ended(Throwable failure, String message) {
    if (message.startsWith("Unsupported or unrecognized SSL")) {
      return "the server does not speak TLS on this port";
    }
    Matcher old = TOO_OLD.matcher(message);
    if (old.find()) {
      return "the server chose %s %s.%s, which is too old"
          .formatted(old.group(1), old.group(2), old.group(3).isEmpty() ? "0" : old.group(3));
    }
    return CertificateFault.alert(failure);
  }
}
