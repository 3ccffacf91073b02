package dev.allclear.agent.demo;

import dev.allclear.agent.demo.Truth.Change;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;

/// Knows in which region the shop is, and since when. Any thread.
final class Authority {
  static final Duration TTL = Duration.ofSeconds(4);

  /// `since` bounds the instant from which on the authority has said so.
  record Location(Region region, Duration ttl, Bounds since) {}

  /// What a client is told; `ttl` in whole seconds.
  record Lease(Region region, Duration ttl) {}

  private final Chronicle chronicle;
  private Location location;

  Authority(Region first, Chronicle chronicle) {
    this.chronicle = chronicle;
    this.location = new Location(first, TTL, Bounds.at(chronicle.now()));
  }

  synchronized Location location() {
    return location;
  }

  Lease lease() {
    Location now = location();
    return new Lease(now.region(), now.ttl());
  }

  /// Readers wait for the lock, so none can see the old record after `since`, or the new one
  /// before.
  synchronized void move(Region to) {
    if (to != location.region()) {
      Moment before = chronicle.now();
      location = new Location(to, TTL, Bounds.between(before, chronicle.now()));
      chronicle.add(location.since(), new Change.Moved(to));
    }
  }
}
