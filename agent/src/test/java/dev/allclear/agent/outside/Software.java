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

  /// It passes on no question of who it is.
  final boolean knowsItself;

  Software(String word, int ports, int excess) {
    this.word = word;
    this.ports = ports;
    this.excess = excess;
    this.knowsItself = !word.equals("dnsdist");
  }

  /// When an entry seen in an answer expires, if the cache obeys its TTL.
  Truth expiry(Heard heard) {
    return expiry(heard, heard.ttl());
  }

  /// When it expires if it lives so many seconds from that answer on.
  Truth expiry(Heard heard, long seconds) {
    return new Truth(
        second(heard.sent().minus(Heard.TICK), seconds), second(heard.received(), seconds));
  }

  private Instant second(Instant seen, long seconds) {
    return seen.truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds + excess);
  }

  /// Whether the TTL of an answer that was made after an instant is what is left of an entry, or a
  /// ceiling if that is less.
  boolean shows(Heard heard, Instant after, Truth expiry, long ceiling) {
    long least = left(expiry.before(), heard.received());
    long most = left(expiry.after(), after.minus(Heard.TICK));
    return Math.min(least, ceiling) <= heard.ttl() && heard.ttl() <= Math.min(most, ceiling);
  }

  private long left(Instant expiry, Instant seen) {
    return expiry.getEpochSecond() - excess - seen.getEpochSecond();
  }
}
