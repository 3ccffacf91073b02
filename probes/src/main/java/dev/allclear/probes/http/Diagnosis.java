package dev.allclear.probes.http;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.tls.Causes;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Says what an exception tells about the target, or that it tells nothing.
final class Diagnosis {

  private static final int DETAIL_LENGTH = 240;

  /// What the operating system calls its own shortages; Java has no types for them.
  private static final List<String> SHORTAGES =
      List.of(
          "Too many open files",
          "Cannot assign requested address",
          "Address already in use",
          "No buffer space available",
          "Cannot allocate memory");

  /// OkHttp's words, before the name of the code (RFC 9113 section 7).
  private static final String STREAM_RESET = "stream was reset: ";

  /// What it says of a frame of as many bytes as `HTT` is when it is read as a length.
  private static final String ANSWERED_IN_ONE = "FRAME_SIZE_ERROR: 4740180";

  /// What it says of a connection that it gave up for what the server sent while it was writing.
  private static final String BROKEN_IN_TWO = "closed";

  /// What OkHttp says of frames that it cannot read.
  private static final Pattern MALFORMED_TWO =
      Pattern.compile("FRAME_SIZE_ERROR|PROTOCOL_ERROR|TYPE_|Expected a SETTINGS frame");

  private final Timeline timeline;
  private final Mask mask;

  Diagnosis(Timeline timeline, Mask mask) {
    this.timeline = timeline;
    this.mask = mask;
  }

  Outcome of(Throwable failure, Duration limit) {
    if (Thread.currentThread().isInterrupted()) {
      return Outcome.inconclusive("interrupted");
    }
    if (failure instanceof OutOfMemoryError
        || failure instanceof Intake.Shortage
        || isShortage(failure)) {
      return Outcome.inconclusive("the agent lacks a resource: " + shown(Causes.reason(failure)));
    }
    if (failure instanceof FileBody.Unreadable) {
      return Outcome.inconclusive(shown(Causes.reason(failure)));
    }
    if (failure instanceof Breach) {
      return Outcome.fail(Cause.PROTOCOL, shown(Causes.reason(failure)));
    }
    if (isTimeout(failure)) {
      return Outcome.fail(Cause.TIMEOUT, progress(Figures.written(limit)));
    }
    return failure instanceof RuntimeException ? unexpected(failure) : broken(failure);
  }

  /// What the server did to make OkHttp stumble is its failure; what happened before is not.
  private Outcome unexpected(Throwable failure) {
    String detail = shown("unexpected " + failure);
    return timeline.phase() == Timeline.Phase.WAITING || timeline.phase() == Timeline.Phase.RECEIVE
        ? Outcome.fail(Cause.PROTOCOL, detail)
        : Outcome.inconclusive(detail);
  }

  private Outcome broken(Throwable failure) {
    if (isProxys(failure)) {
      String refusals = String.join("; ", timeline.refusals());
      return Outcome.fail(
          Cause.CONNECT, shown(ProxyFault.sentence(failure, name(timeline.remote()), refusals)));
    }
    if (failure instanceof UnknownHostException) {
      return Outcome.fail(Cause.DNS, shown(Causes.reason(failure)));
    }
    String refused = timeline.head() == null ? timeline.demand().sentence(failure) : null;
    if (refused != null) {
      return Outcome.fail(Cause.TLS, shown(refused));
    }
    if (failure instanceof SSLException) {
      return Outcome.fail(Cause.TLS, shown(TlsFault.sentence(failure)));
    }
    return switch (timeline.phase()) {
      case DNS -> Outcome.fail(Cause.DNS, shown(Causes.reason(failure)));
      case CONNECT ->
          Outcome.fail(
              Cause.CONNECT, shown("cannot connect to " + String.join("; ", timeline.refusals())));
      case TLS -> Outcome.fail(Cause.TLS, shown("TLS handshake: " + Causes.reason(failure)));
      case SEND, WAITING, RECEIVE -> Outcome.fail(Cause.PROTOCOL, shown(protocolReason(failure)));
      case null -> Outcome.fail(Cause.PROTOCOL, shown(Causes.reason(failure)));
    };
  }

  /// The proxy has not let the request through yet.
  private boolean isProxys(Throwable failure) {
    return failure instanceof ProxyFault.Unauthorized
        || (timeline.isProxied()
            && (timeline.phase() == Timeline.Phase.DNS
                || timeline.phase() == Timeline.Phase.CONNECT));
  }

  private boolean isTimeout(Throwable failure) {
    return timeline.isCanceled()
        || failure instanceof InterruptedIOException
        || failure instanceof Lookup.TooLate;
  }

  /// What the server said stands in a ProtocolException, whatever it complains of.
  private static boolean isShortage(Throwable failure) {
    return Causes.chain(failure)
        .filter(cause -> !(cause instanceof ProtocolException))
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .anyMatch(message -> SHORTAGES.stream().anyMatch(message::contains));
  }

  private String progress(String limit) {
    String remote = name(timeline.remote());
    return switch (timeline.phase()) {
      case DNS -> "no answer within %s (looking up the host)".formatted(limit);
      case CONNECT ->
          "no answer within %s (connecting to %s%s)"
              .formatted(limit, timeline.isProxied() ? "the proxy " : "", remote);
      case TLS -> "no answer within %s (connected, in the TLS handshake)".formatted(limit);
      case SEND -> "no answer within %s (connected, sending)".formatted(limit);
      case WAITING -> "no answer within %s (connected, request sent)".formatted(limit);
      case RECEIVE ->
          "no complete answer within %s (%d bytes of the body read)"
              .formatted(limit, timeline.bytes());
      case null -> "no answer within %s (not begun)".formatted(limit);
    };
  }

  private String protocolReason(Throwable failure) {
    String reason = Causes.reason(failure);
    boolean answering = timeline.head() != null;
    if (Causes.chain(failure).anyMatch(Diagnosis::isEndOfStream)) {
      return answering ? "connection closed in the middle of the answer" : headReason(failure);
    }
    if (reason.startsWith(STREAM_RESET)) {
      return "the server reset the HTTP/2 stream%s: %s"
          .formatted(
              answering ? " in the middle of the answer" : "",
              reason.substring(STREAM_RESET.length()));
    }
    if (reason.equals("ConnectionShutdownException")) {
      return "the server closed the HTTP/2 connection before the request";
    }
    if (reason.equals(ANSWERED_IN_ONE)) {
      return "the server answered HTTP/2 with HTTP/1";
    }
    if (reason.equals(BROKEN_IN_TWO)) {
      return "the HTTP/2 connection broke while the request was sent";
    }
    if (MALFORMED_TWO.matcher(reason).lookingAt()) {
      return "malformed HTTP/2: " + reason;
    }
    if (failure instanceof ProtocolException) {
      return "malformed answer: " + reason;
    }
    return answering && reason.equals("Connection reset")
        ? "connection reset in the middle of the answer"
        : reason;
  }

  /// Okio says how much it had read when it gave up looking for the end of a line.
  private static String headReason(Throwable failure) {
    boolean begun =
        Causes.chain(failure)
            .map(Throwable::getMessage)
            .filter(Objects::nonNull)
            .anyMatch(text -> text.contains("limit=") && !text.contains("limit=0 "));
    return begun ? "the head of the answer breaks off" : "connection closed without an answer";
  }

  /// OkHttp throws a ProtocolException with this message when a body ends early.
  static boolean isEndOfStream(Throwable failure) {
    return failure instanceof EOFException
        || String.valueOf(failure.getMessage()).startsWith("unexpected end of stream");
  }

  private String shown(String detail) {
    return mask.show(detail, DETAIL_LENGTH);
  }

  static String name(@Nullable InetSocketAddress address) {
    if (address == null) {
      return "the host";
    }
    String host = literal(address);
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /// The IP address, or empty.
  static String literal(@Nullable InetSocketAddress address) {
    return address == null || address.isUnresolved() ? "" : address.getAddress().getHostAddress();
  }
}
