package dev.allclear.probes.propagation;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the looks at one cache prove of how it keeps entries: a pure function of those looks.
/// Learned for each cache, since versions and settings differ (reference, head).
final class Habits {

  private static final int FEW = 3;
  private static final int ENOUGH = 6;

  /// Knot Resolver's STUB asks again after 5 s, whatever it shows (fact 6).
  private static final int REFETCHED = 6;

  private final List<Sighting> seen;
  private final Published published;
  private final List<Life> lives;
  private final Ages ages;
  private final Succession succession;

  private Habits(List<Sighting> seen, Published published, List<Life> lives, Ages ages) {
    this.seen = seen;
    this.published = published;
    this.lives = lives;
    this.ages = ages;
    this.succession = Succession.of(lives, ages);
  }

  static Habits of(List<Sighting> seen, Published published) {
    List<Life> lives = Life.of(seen);
    return new Habits(seen, published, lives, new Ages(seen, published, Phase.of(lives)));
  }

  Ages ages() {
    return ages;
  }

  Succession succession() {
    return succession;
  }

  /// The shown TTL was seen to count down, and never seen to do anything else.
  boolean steady() {
    return !unsteady() && lives.stream().anyMatch(Life::decays);
  }

  /// The shown TTL does not say when an entry ends: it stands still, entries are replaced at any
  /// time, or several caches answer.
  boolean unsteady() {
    return !succession.restless().isEmpty() || !succession.back().isEmpty();
  }

  /// Whether the age of a new entry may date its fetch.
  boolean datable() {
    return steady() && published.known() && fetched() >= FEW;
  }

  /// Whether the TTL published was seen, more than once, and none above it.
  boolean full() {
    return ages.longest() == published.old()
        && seen.stream().filter(look -> look.counts() && look.ttl() == ages.longest()).count() > 1;
  }

  /// Whether the TTL published was seen, so that an entry's age is not told too small.
  boolean whole() {
    return published.oldKnown() && ages.longest() >= published.old();
  }

  /// Whether entries are known to last to their end: enough of them were seen, and none was
  /// replaced before.
  boolean lasting() {
    return steady() && succession.early().isEmpty() && published.oldKnown() && fetched() >= ENOUGH;
  }

  /// Whether a single cache explains all looks: one name, or one of the known ways in which a shown
  /// TTL misleads. An answer that was passed on with the flag of its authority has that one's name
  /// (fact 23).
  boolean single() {
    List<Sighting> looks = seen.stream().filter(Sighting::counts).toList();
    List<String> names =
        looks.stream()
            .filter(look -> !look.authoritative())
            .map(Sighting::nsid)
            .distinct()
            .toList();
    return (!unsteady() && returns() < 2 && (names.size() < 2 || lasting()))
        || (names.size() == 1 && names.getFirst() != null)
        || refetching(looks)
        || frozen(looks.stream().filter(look -> look.said() == Said.OLD).toList());
  }

  /// Every entry seen is young, and much younger than its TTL allows.
  private boolean refetching(List<Sighting> looks) {
    return lives.size() > FEW
        && succession.back().isEmpty()
        && ages.longest() > 2 * REFETCHED
        && looks.stream().allMatch(look -> look.ttl() >= ages.longest() - REFETCHED);
  }

  /// How often the old value came back after the new one.
  private long returns() {
    long count = 0;
    for (int i = 1; i < lives.size(); i++) {
      boolean back = lives.get(i).last().said() == Said.OLD;
      count += back && lives.get(i - 1).last().said() == Said.NEW ? 1 : 0;
    }
    return count;
  }

  /// A TTL that stands still, and in the end counts down, never rises (fact 16); only the first
  /// answer was passed on as it came.
  private static boolean frozen(List<Sighting> looks) {
    List<Integer> shown = looks.stream().skip(1).map(Sighting::ttl).toList();
    return looks.size() > FEW
        && shown.stream().filter(shown.getFirst()::equals).count() >= FEW
        && shown.equals(shown.stream().sorted(Comparator.reverseOrder()).toList());
  }

  /// Too few entries were seen to know anything.
  boolean unknown() {
    return fetched() < FEW;
  }

  private long fetched() {
    return lives.stream().filter(life -> life.last().said() == Said.OLD).count();
  }

  /// The last life of the old value.
  @Nullable Life old() {
    return lives.stream()
        .filter(life -> life.last().said() == Said.OLD)
        .reduce((_, later) -> later)
        .orElse(null);
  }

  Published published() {
    return published;
  }

  List<Life> lives() {
    return lives;
  }

  /// No later fetch than this instant can have brought the entry's end.
  boolean outlives(Sighting look, long instant) {
    return steady() && look.counts() && look.zero().lo() - ages.window() > instant;
  }

  /// 0 if the entry ends as its shown TTL reaches 0, 1 if a second later (fact 1), -1 if unknown.
  int lag() {
    if (!succession.lastSecond().isEmpty()) {
      return 1;
    }
    boolean within = whole() && succession.withinSecond().size() >= FEW;
    return within && succession.early().isEmpty() && !unsteady() ? 0 : -1;
  }
}
