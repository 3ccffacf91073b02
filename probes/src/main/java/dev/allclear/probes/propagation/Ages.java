package dev.allclear.probes.propagation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// When the entries that were seen in one cache began and end, as well as its phase, the TTLs it
/// showed and those that are published tell.
final class Ages {

  /// Software refreshes early in the last tenth, or the last two seconds, of an entry (facts 3 to
  /// 5).
  private static final int WINDOW_PARTS = 10;

  private static final long WINDOW_LEAST = 2 * Range.SECOND;
  private static final int ELIGIBLE = 9;

  /// Longer than any TTL may be (RFC 2181, 8).
  static final long UNBOUNDED = 1L << 31;

  private final List<Sighting> seen;
  private final Published published;
  private final @Nullable Phase phase;
  private final int longest;

  Ages(List<Sighting> seen, Published published, @Nullable Phase phase) {
    this.seen = seen;
    this.published = published;
    this.phase = phase;
    this.longest = most(Said.OLD);
  }

  private int most(Said said) {
    return seen.stream()
        .filter(look -> look.said() == said && look.counts())
        .mapToInt(Sighting::ttl)
        .max()
        .orElse(0);
  }

  /// The time before an entry's end in which a question may refresh it, so that none may be sent.
  /// BIND refreshes no entry in its last two seconds whose TTL was below 9 s (`prefetch 2 9`).
  long window() {
    long ttl = Math.max(longest, published.old());
    long part = ttl * Range.SECOND / WINDOW_PARTS;
    return ttl < ELIGIBLE ? part : Math.max(part, WINDOW_LEAST);
  }

  /// When the entry that a look saw was fetched: `floor(t) - (T - n)` on the resolver's clock,
  /// which is the same for both classes. Sound for the last fetch only (reference, 3.6).
  Range inserted(Sighting look) {
    long most = (bound(look.said()) - look.ttl()) * Range.SECOND;
    long least = Math.max(0, least(look) - look.ttl()) * Range.SECOND;
    Range second = second(look);
    long lo = second.lo() - most - Range.drift(most);
    long hi = second.hi() - least + Range.SECOND + Range.drift(least);
    return new Range(lo, Math.max(lo, Math.min(hi, look.received().nanos())));
  }

  /// The latest instant at which the resolver's second of that fetch began. An entry that ended
  /// before it was replaced ended no later than this, since entries end on whole seconds (fact 1).
  long latestSecond(Sighting look) {
    long least = Math.max(0, least(look) - look.ttl()) * Range.SECOND;
    return second(look).hi() - least + Range.drift(least);
  }

  /// When the resolver's second of this look began, as well as its phase is known.
  private Range second(Sighting look) {
    return phase == null ? look.second() : phase.snap(look.second());
  }

  /// When the entry's shown TTL reaches 0.
  Range zero(Life life) {
    return phase == null ? life.zero() : phase.snap(life.zero());
  }

  /// An upper bound of the TTL an entry begins with: what is published. A cache that showed more
  /// has a floor, of which only a lower bound is known. A floor that was not seen raises the new
  /// value's TTL no further than the old one's.
  private long bound(Said said) {
    int known = said == Said.OLD ? published.old() : Math.max(published.old(), published.fresh());
    return Math.max(longest, most(said)) > known ? UNBOUNDED : known;
  }

  /// A lower bound of the TTL the look's entry began with: the largest that was seen (fact 35), but
  /// no more than is published, since the entries seen may stem from before the TTL was lowered.
  private int least(Sighting look) {
    return look.said() == Said.OLD
        ? sure()
        : Math.max(most(Said.NEW), published.known() ? Math.min(published.fresh(), longest) : 0);
  }

  private int sure() {
    return Math.max(0, Math.min(longest, published.old()));
  }

  /// The largest TTL seen with the old value, in seconds.
  int longest() {
    return longest;
  }

  /// How long entries are known to be left alone, in nanoseconds: the greatest age at which one was
  /// seen, though no new one lives longer than its TTL.
  long kept() {
    return seen.stream()
            .filter(look -> look.said() == Said.OLD && look.counts())
            .mapToInt(look -> Math.clamp(sure() - look.ttl(), 0, Math.max(0, published.fresh())))
            .max()
            .orElse(0)
        * Range.SECOND;
  }

  /// The least time between two fetches, of the old value or the new one, if entries last: what a
  /// refresh may take off, and one second for the class.
  long life() {
    return (Math.min(sure(), published.fresh()) - 1) * Range.SECOND - window();
  }

  @Nullable Phase phase() {
    return phase;
  }
}
