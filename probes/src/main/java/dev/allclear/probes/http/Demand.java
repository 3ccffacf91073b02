package dev.allclear.probes.http;

import dev.allclear.probes.tls.Causes;
import java.io.IOException;
import java.net.SocketException;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// What the server of an exchange's TLS handshake asked of its client: a certificate, or nothing.
/// In TLS 1.3 it can refuse the answer only after the client takes the handshake for done (RFC 8446
/// section 4.4.2.4), and its alert gets lost when the request meets a connection that is closed.
/// Used on the run's thread.
final class Demand {

  private static final int MOST_TOLD = 3;

  private static final ScopedValue<Demand> CURRENT = ScopedValue.newInstance();

  private @Nullable String sentence;
  private boolean met;

  /// OkHttp shakes hands on the thread that executes the call.
  Response during(Call call) throws IOException {
    return ScopedValue.where(CURRENT, this).call(call::execute);
  }

  /// A server asks for a certificate of one of these authorities, or of any if there are none.
  /// Without `told` it is the one whose call this thread executes.
  static void made(
      @Nullable Demand told, Principal @Nullable [] issuers, boolean able, boolean met) {
    Demand demand = told == null && CURRENT.isBound() ? CURRENT.get() : told;
    if (demand != null) {
      demand.note(issuers == null ? List.of() : Arrays.asList(issuers), able, met);
    }
  }

  /// JSSE asks for each kind of key by itself.
  private void note(List<Principal> issuers, boolean able, boolean chosen) {
    met = chosen;
    if (chosen) {
      sentence = "the server closed the connection when it was shown the client certificate";
    } else if (able) {
      sentence =
          "the server asked for a client certificate of %s, which ours is not"
              .formatted(names(issuers));
    } else {
      sentence = "the server asked for a client certificate, and none was shown";
    }
  }

  private static String names(List<Principal> issuers) {
    return issuers.isEmpty()
        ? "another kind"
        : issuers.stream()
            .limit(MOST_TOLD)
            .map(Principal::getName)
            .collect(Collectors.joining(" or "));
  }

  /// Why the server ended a connection on which it has not answered yet, or null if it asked for
  /// nothing, or what ended it was something else.
  @Nullable String sentence(Throwable failure) {
    if (sentence == null || Causes.chain(failure).noneMatch(Demand::isEnd)) {
      return null;
    }
    return met && TlsFault.isAlert(failure) ? TlsFault.sentence(failure) : sentence;
  }

  private static boolean isEnd(Throwable failure) {
    return failure instanceof SocketException
        || Diagnosis.isEndOfStream(failure)
        || TlsFault.isAlert(failure);
  }
}
