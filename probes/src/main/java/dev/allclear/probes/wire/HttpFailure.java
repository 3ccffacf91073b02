package dev.allclear.probes.wire;

import dev.allclear.probes.tls.Causes;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What ended a connection or a request on it, as an exception of the JDK's in the words that
/// blocking sockets and OkHttp have for it.
final class HttpFailure {
  private static final Pattern FIRST_FRAME =
      Pattern.compile("First received frame was not SETTINGS. Hex dump for first 5 bytes: (\\w+)");

  /// `HTT`.
  private static final String ONE = "485454";

  private HttpFailure() {}

  /// After TLS, or without it; `headless` is true if no answer had begun.
  static IOException of(@Nullable Throwable failure, boolean headless) {
    if (failure == null || is(failure, ClosedChannelException.class).isPresent()) {
      return headless
          ? new EOFException("\\n not found: limit=0 content=")
          : new ProtocolException("unexpected end of stream");
    }
    Optional<Http2Exception> two = is(failure, Http2Exception.class);
    return two.map(HttpFailure::malformed).orElseGet(() -> plain(failure));
  }

  /// In the handshake.
  static IOException ofTls(Throwable failure) {
    if (is(failure, NotSslRecordException.class).isPresent()) {
      return new SSLException("Unsupported or unrecognized SSL message");
    }
    String reason = Causes.reason(failure);
    if (is(failure, ClosedChannelException.class).isPresent()
        || reason.startsWith("Connection closed")) {
      SSLException ended = new SSLException("closed");
      ended.initCause(new EOFException("SSL peer shut down incorrectly"));
      return ended;
    }
    return plain(failure);
  }

  private static IOException malformed(Http2Exception failure) {
    Matcher first = FIRST_FRAME.matcher(String.valueOf(failure.getMessage()));
    if (first.find()) {
      return new IOException(
          first.group(1).startsWith(ONE)
              ? "FRAME_SIZE_ERROR: " + Integer.parseInt(ONE, 16)
              : "Expected a SETTINGS frame");
    }
    return new IOException("PROTOCOL_ERROR " + failure.getMessage());
  }

  private static IOException plain(Throwable failure) {
    Optional<SSLException> tls = is(failure, SSLException.class);
    if (tls.isPresent()) {
      return tls.get();
    }
    IOException told =
        is(failure, IOException.class)
            .orElseGet(() -> new IOException(failure.toString(), failure));
    // The kernel's words for what reads say shorter.
    return Causes.reason(told).equals("Connection reset by peer")
        ? new IOException("Connection reset")
        : told;
  }

  private static <T extends Throwable> Optional<T> is(Throwable failure, Class<T> type) {
    return Causes.chain(failure).filter(type::isInstance).map(type::cast).findFirst();
  }
}
