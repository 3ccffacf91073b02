package dev.allclear.probes.readiness;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// With which TTL the authorities published one link of a name, and until when: what caches may
/// hold is not what is published now (trap 17).
public record TtlHistory(String link, List<Term> terms) {

  /// Enough for years of plans; the oldest are dropped.
  private static final int REMEMBERED = 64;

  /// One TTL in seconds, and when the last authority gave it up for the next one: T2 of that
  /// change. Of the present one, `ended` is when it was last seen.
  public record Term(int ttl, Bounds ended) {}

  public TtlHistory {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("no TTL of " + link + " was ever seen");
    }
  }

  public static TtlHistory of(String link, int ttl, Moment seen) {
    return new TtlHistory(link, List.of(new Term(ttl, Bounds.at(seen))));
  }

  /// Every authority published this TTL at that moment, and the one before until some time since it
  /// was last seen.
  public TtlHistory with(int ttl, Moment seen) {
    List<Term> next = new ArrayList<>(terms.subList(0, terms.size() - 1));
    Term last = terms.getLast();
    if (last.ttl() != ttl) {
      next.add(new Term(last.ttl(), Bounds.between(last.ended().earliest(), seen)));
    }
    next.add(new Term(ttl, Bounds.at(seen)));
    return new TtlHistory(link, next.subList(Math.max(0, next.size() - REMEMBERED), next.size()));
  }

  /// The TTL that is published.
  public int published() {
    return terms.getLast().ttl();
  }

  /// How long an entry fetched until now may still live: the longest over all terms. Right after a
  /// lowering that is the old TTL.
  public Duration inForce(Moment now) {
    Duration longest = Duration.ofSeconds(published());
    for (Term term : terms.subList(0, terms.size() - 1)) {
      Duration left = now.until(term.ended().latest().plus(Duration.ofSeconds(term.ttl())));
      longest = left.compareTo(longest) > 0 ? left : longest;
    }
    return longest;
  }

  /// When no entry outlives the published TTL any more; now or earlier if that is so already.
  public Moment ready() {
    Moment ready = terms.getLast().ended().earliest();
    for (Term term : terms.subList(0, terms.size() - 1)) {
      int longer = term.ttl() - published();
      if (longer > 0) {
        Moment over = term.ended().latest().plus(Duration.ofSeconds(longer));
        ready = Moment.later(ready, over);
      }
    }
    return ready;
  }
}
