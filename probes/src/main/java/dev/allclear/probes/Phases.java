package dev.allclear.probes;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Where the time of one HTTP exchange went. A phase that did not happen (a reused connection, a
/// failure before it) is zero.
public record Phases(
    Duration dns,
    Duration connect,
    Duration tls,
    Duration send,
    Duration waiting,
    Duration receive) {

  public static final Phases NONE =
      new Phases(
          Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /// From the start until the request had left or, if it never did, until the phase began in which
  /// it was stuck.
  public Duration untilSent() {
    if (!waiting.isZero() || !receive.isZero()) {
      return dns.plus(connect).plus(tls).plus(send);
    }
    if (!send.isZero()) {
      return dns.plus(connect).plus(tls);
    }
    if (!tls.isZero()) {
      return dns.plus(connect);
    }
    return connect.isZero() ? Duration.ZERO : dns;
  }

  /// Each under its word, in the order of an exchange.
  public SequencedMap<String, Duration> named() {
    SequencedMap<String, Duration> named = new LinkedHashMap<>();
    named.put("dns", dns);
    named.put("connect", connect);
    named.put("tls", tls);
    named.put("send", send);
    named.put("wait", waiting);
    named.put("receive", receive);
    return named;
  }

  /// All of it.
  public Duration total() {
    return dns.plus(connect).plus(tls).plus(send).plus(waiting).plus(receive);
  }
}
