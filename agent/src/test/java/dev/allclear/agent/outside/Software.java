package dev.allclear.agent.outside;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The caches of the lab. Each flips on the whole second of the clock, Unbound one later than its
/// TTL says.
enum Software {
  UNBOUND("unbound", 1, 1),
  /// DNS over TLS is on the port after its own, DNS over HTTPS on the one after that.
  UNBOUND_ENCRYPTED("unbound-encrypted", 3, 1),
  NAMED("named", 1, 0),
  /// Walks down from its one authority, which is the root.
  NAMED_ITERATING("named-iterating", 1, 0),
  RECURSOR("recursor", 1, 0),
  KRESD("kresd", 1, 0),
  DNSMASQ("dnsmasq", 1, 0),
  /// Balances its upstreams, which are caches.
  DNSDIST("dnsdist", 1, 0);

  final String word;
  final int ports;
  private final int excess;

  Software(String word, int ports, int excess) {
    this.word = word;
    this.ports = ports;
    this.excess = excess;
  }

  /// When an entry seen in an answer expires, if the cache obeys its TTL.
  Truth expiry(Heard heard) {
    return expiry(heard, heard.ttl());
  }

  /// When it expires if it lives so many seconds from that answer on.
  Truth expiry(Heard heard, long seconds) {
    return new Truth(second(heard.sent(), seconds), second(heard.received(), seconds));
  }

  private Instant second(Instant seen, long seconds) {
    return seen.truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds + excess);
  }

  /// The TTL that it shows in the last second of an entry's life.
  long lastTtl() {
    return 1L - excess;
  }
}
