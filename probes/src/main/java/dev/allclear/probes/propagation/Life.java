package dev.allclear.probes.propagation;

import java.util.ArrayList;
import java.util.List;

/// Looks at one entry of a cache, between its fetch and its end: their TTLs count down to the same
/// `zero`.
record Life(Range zero, List<Sighting> looks) {

  /// Shorter TTLs fit into each other's second, so they tell no entry from the next.
  private static final int TELLING = 3;

  Life {
    looks = List.copyOf(looks);
  }

  /// The looks of one cache, in their order, told apart into entries.
  static List<Life> of(List<Sighting> seen) {
    List<Life> lives = new ArrayList<>();
    for (Sighting look : seen) {
      if (look.counts()) {
        Life last = lives.isEmpty() ? null : lives.getLast();
        if (last != null && last.continues(look)) {
          lives.set(lives.size() - 1, last.with(look));
        } else {
          lives.add(new Life(look.zero(), List.of(look)));
        }
      }
    }
    return lives;
  }

  private boolean continues(Sighting look) {
    return first().ttl() >= TELLING && fits(look);
  }

  /// A later look may be at this entry too.
  boolean fits(Sighting look) {
    return last().said() == look.said() && zero.meets(look.zero()) && look.ttl() <= last().ttl();
  }

  private Life with(Sighting look) {
    List<Sighting> more = new ArrayList<>(looks);
    more.add(look);
    return new Life(zero.and(look.zero()), more);
  }

  Sighting first() {
    return looks.getFirst();
  }

  Sighting last() {
    return looks.getLast();
  }

  /// One tick of the resolver's clock, near the last look.
  Range tick() {
    return zero.plus(-last().ttl() * Range.SECOND);
  }

  /// It was seen to count down.
  boolean decays() {
    return first().ttl() > last().ttl();
  }
}
