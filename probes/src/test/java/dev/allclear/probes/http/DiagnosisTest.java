package dev.allclear.probes.http;

import static dev.allclear.probes.Outcome.fail;
import static dev.allclear.probes.Outcome.inconclusive;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.template.Mask;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DiagnosisTest {

  private final Mask mask = new Mask();

  private Outcome diagnose(Throwable failure) {
    Moment now = new Moment(Instant.EPOCH, 0, 1);
    Timeline timeline = new Timeline(() -> now, now);
    return new Diagnosis(timeline, mask).of(failure, Duration.ofSeconds(90));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        row(
            new SocketException("Too many open files"),
            inconclusive("the agent lacks a resource: Too many open files")),
        row(
            because(
                new ConnectException("Failed to connect to /192.0.2.1:80"),
                new BindException("Cannot assign requested address")),
            inconclusive("the agent lacks a resource: Cannot assign requested address")),
        row(
            new ProtocolException("Unexpected status line: Too many open files"),
            fail(Cause.PROTOCOL, "Unexpected status line: Too many open files")),
        row(
            new OutOfMemoryError("unable to create native thread"),
            inconclusive("the agent lacks a resource: unable to create native thread")),
        row(
            because(
                new SSLHandshakeException("(certificate_expired) x"),
                new CertificateExpiredException("NotAfter: Thu Jan 01 00:00:00 UTC 2026")),
            fail(Cause.TLS, "the certificate has expired: NotAfter: Thu Jan 01 00:00:00 UTC 2026")),
        row(
            because(
                new SSLHandshakeException("x"),
                new CertificateNotYetValidException("NotBefore: later")),
            fail(Cause.TLS, "the certificate is not valid yet: NotBefore: later")),
        row(
            new SSLPeerUnverifiedException("Hostname shop.example not verified:\n …"),
            fail(Cause.TLS, "the certificate is for another host")),
        row(
            new SSLException("Received fatal alert: handshake_failure"),
            fail(Cause.TLS, "the server ended TLS with the alert handshake_failure")),
        row(new IOException(), fail(Cause.PROTOCOL, "IOException")));
  }

  private static Arguments row(Throwable failure, Outcome outcome) {
    return Arguments.of(failure, outcome);
  }

  private static Throwable because(Throwable failure, Throwable cause) {
    return failure.initCause(cause);
  }

  @ParameterizedTest
  @MethodSource
  void failures(Throwable failure, Outcome outcome) {
    assertEquals(outcome, diagnose(failure));
  }

  @Test
  void masksWhatExceptionsSay() {
    mask.hide("s3cret");
    assertEquals(
        inconclusive("unexpected java.lang.IllegalStateException: ***\\n"),
        diagnose(new IllegalStateException("s3cret\n")));
  }
}
