package dev.allclear.probes;

import java.time.Duration;

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

  /// From the start until the request had left.
  public Duration untilSent() {
    return dns.plus(connect).plus(tls).plus(send);
  }
}
