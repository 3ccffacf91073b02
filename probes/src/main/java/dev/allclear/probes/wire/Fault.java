package dev.allclear.probes.wire;

import dev.allclear.probes.Cause;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What an exception on a connection says about the server.
record Fault(Cause cause, String reason) {
  static final Fault ENDED = new Fault(Cause.PROTOCOL, "no answer before the connection ended");

  private static final int LONGEST = 120;

  /// The JDK's words.
  private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

  private static final Pattern OTHER_NAME =
      Pattern.compile("No (subject alternative|name matching).*");

  /// After TLS, or without it.
  static Fault of(Throwable failure) {
    if (chain(failure).anyMatch(SSLException.class::isInstance)) {
      return ofTls(failure);
    }
    return chain(failure)
        .map(Fault::known)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> new Fault(Cause.PROTOCOL, "unexpected " + shown(failure.toString())));
  }

  private static @Nullable Fault known(Throwable failure) {
    return switch (failure) {
      case Http2Exception _ ->
          new Fault(Cause.PROTOCOL, "malformed HTTP/2: " + shown(reason(failure)));
      case IOException _ -> ENDED;
      default -> null;
    };
  }

  /// A handshake that failed.
  static Fault ofTls(Throwable failure) {
    String sentence =
        chain(failure)
            .map(Fault::certificate)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> handshake(failure));
    return new Fault(Cause.TLS, sentence);
  }

  private static @Nullable String certificate(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case CertificateExpiredException _ -> "the certificate has expired: " + message;
      case CertificateNotYetValidException _ -> "the certificate is not valid yet: " + message;
      case CertPathBuilderException _ -> "the certificate is not signed by a trusted authority";
      case CertPathValidatorException e when e.getCause() == null ->
          "the certificate is not valid: " + message;
      case CertificateException _ when OTHER_NAME.matcher(message).matches() ->
          "the certificate is for another host";
      default -> null;
    };
  }

  private static String handshake(Throwable failure) {
    String message = reason(failure);
    Matcher alert = ALERT.matcher(message);
    if (alert.find()) {
      return "the server ended TLS with the alert " + alert.group(1);
    }
    if (chain(failure).anyMatch(NotSslRecordException.class::isInstance)) {
      return "the server does not speak TLS on this port";
    }
    boolean closed =
        message.startsWith("Connection closed")
            || chain(failure).anyMatch(ClosedChannelException.class::isInstance);
    return closed || message.equals("Connection reset")
        ? "connection closed in the TLS handshake"
        : "TLS: " + shown(message);
  }

  /// The message at the root, where what the operating system said stands.
  static String reason(Throwable failure) {
    Throwable root = chain(failure).reduce((_, later) -> later).orElse(failure);
    String message = root.getMessage();
    return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
  }

  /// What others wrote, as far as it belongs into a sentence.
  static String shown(String text) {
    String plain = text.replaceAll("[^ -~]", "?");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(10);
  }
}
