package dev.allclear.probes.http;

import dev.allclear.probes.tls.Causes;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;

/// What a proxy did instead of letting a request through.
final class ProxyFault {

  /// OkHttp's words for what a proxy answers to CONNECT.
  private static final String STATUS = "Unexpected response code for CONNECT: ";

  private static final String LOGIN = "Failed to authenticate with proxy";

  private ProxyFault() {}

  /// It wants to know, or somebody else, to be its user (RFC 9110 section 15.5.8).
  static final class Unauthorized extends IOException {}

  /// `remote` is the proxy's address, `refusals` why it could not be connected to.
  static String sentence(Throwable failure, String remote, String refusals) {
    String reason = Causes.reason(failure);
    if (failure instanceof UnknownHostException) {
      return "the proxy's host: " + reason;
    }
    if (failure instanceof Unauthorized || reason.startsWith(LOGIN)) {
      return "the proxy %s wants another user and password (status 407)".formatted(remote);
    }
    if (reason.startsWith(STATUS)) {
      return "the proxy %s answered CONNECT with status %s"
          .formatted(remote, reason.substring(STATUS.length()));
    }
    return failure instanceof EOFException || reason.startsWith("unexpected end of stream")
        ? "the proxy %s closed the connection".formatted(remote)
        : "cannot connect to the proxy " + refusals;
  }
}
