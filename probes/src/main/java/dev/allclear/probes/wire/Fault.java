package dev.allclear.probes.wire;

import dev.allclear.probes.Cause;
import dev.allclear.probes.tls.Causes;
import dev.allclear.probes.tls.CertificateFault;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What an exception on a connection says about the server.
record Fault(Cause cause, String reason) {
  static final Fault ENDED = new Fault(Cause.PROTOCOL, "no answer before the connection ended");

  private static final int LONGEST = 120;

  /// The JDK's words.
  private static final Pattern OTHER_NAME =
      Pattern.compile("No (subject alternative|name matching).*");

  /// After TLS, or without it.
  static Fault of(Throwable failure) {
    if (Causes.chain(failure).anyMatch(SSLException.class::isInstance)) {
      return ofTls(failure);
    }
    return Causes.chain(failure)
        .map(Fault::known)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> new Fault(Cause.PROTOCOL, "unexpected " + shown(failure.toString())));
  }

  private static @Nullable Fault known(Throwable failure) {
    return switch (failure) {
      case Http2Exception _ ->
          new Fault(Cause.PROTOCOL, "malformed HTTP/2: " + shown(Causes.reason(failure)));
      case IOException _ -> ENDED;
      default -> null;
    };
  }

  /// A handshake that failed.
  static Fault ofTls(Throwable failure) {
    String sentence =
        Causes.chain(failure)
            .map(Fault::certificate)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> handshake(failure));
    return new Fault(Cause.TLS, sentence);
  }

  private static @Nullable String certificate(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof CertificateException && OTHER_NAME.matcher(message).matches()
        ? "the certificate is for another host"
        : CertificateFault.sentence(failure);
  }

  private static String handshake(Throwable failure) {
    String message = Causes.reason(failure);
    String alert =
        Causes.chain(failure)
            .map(CertificateFault::alert)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (alert != null) {
      return alert;
    }
    if (Causes.chain(failure).anyMatch(NotSslRecordException.class::isInstance)) {
      return "the server does not speak TLS on this port";
    }
    boolean closed =
        message.startsWith("Connection closed")
            || Causes.chain(failure).anyMatch(ClosedChannelException.class::isInstance);
    return closed || message.equals("Connection reset")
        ? "connection closed in the TLS handshake"
        : "TLS: " + shown(message);
  }

  /// What others wrote, as far as it belongs into a sentence.
  static String shown(String text) {
    String plain = text.replaceAll("[^ -~]", "?");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }
}
