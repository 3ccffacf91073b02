package dev.allclear.probes.wire;

import dev.allclear.probes.Moment;

/// A query that has left over a lane, and the strays that came with its id. Confined to the lane's
/// loop.
final class Waiting {
  private final Asked asked;
  private final Packet query;
  private final Moment sent;
  private final Strays before;
  private Strays own = Strays.NONE;

  /// `before` are the strays of nobody that the lane had seen by then.
  Waiting(Asked asked, Packet query, Moment sent, Strays before) {
    this.asked = asked;
    this.query = query;
    this.sent = sent;
    this.before = before;
  }

  Asked asked() {
    return asked;
  }

  Packet query() {
    return query;
  }

  Moment sent() {
    return sent;
  }

  void count(Strays one) {
    own = own.plus(one);
  }

  /// Its own, and those of nobody that came since it left.
  Strays strays(Strays nobodys) {
    return own.plus(nobodys.minus(before));
  }
}
