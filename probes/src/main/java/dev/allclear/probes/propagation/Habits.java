package dev.allclear.probes.propagation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the looks at one cache prove of how it keeps entries: a pure function of those looks.
/// Learned for each cache, since versions and settings differ (reference, head).
final class Habits {

  /// Software refreshes early in the last tenth, or the last two seconds, of an entry (facts 3 to
  /// 5).
  private static final int WINDOW_PARTS = 10;

  private static final long WINDOW_LEAST = 2 * Range.SECOND;

  /// The insertion is known to one second, the zero to another.
  private static final long BLUR = 12 * Range.SECOND / 10;

  private static final long WHOLE = 3 * Range.SECOND / 10;
  private static final long NOTICED = Range.SECOND / 10;
  private static final int ELIGIBLE = 9;

  /// Longer than any TTL may be (RFC 2181, 8).
  private static final long UNBOUNDED = 1L << 31;

  private static final int FEW = 3;
  private static final int ENOUGH = 6;

  /// Knot Resolver's STUB asks again after 5 s, whatever it shows (fact 6).
  private static final int REFETCHED = 6;

  private final List<Sighting> seen;
  private final Published published;
  private final List<Life> lives;
  private final @Nullable Phase phase;
  private final int longest;
  private final List<Sighting> early = new ArrayList<>();
  private final List<Sighting> whole = new ArrayList<>();
  private final List<Sighting> refreshed = new ArrayList<>();
  private long sooner;
  private long tightest = UNBOUNDED;
  private final List<Sighting> restless = new ArrayList<>();
  private final List<Sighting> back = new ArrayList<>();
  private final List<Sighting> lastSecond = new ArrayList<>();
  private final List<Sighting> withinSecond = new ArrayList<>();

  private Habits(List<Sighting> seen, Published published) {
    this.seen = seen;
    this.published = published;
    this.lives = Life.of(seen);
    this.phase = Phase.of(lives);
    this.longest = most(Said.OLD);
  }

  static Habits of(List<Sighting> seen, Published published) {
    Habits habits = new Habits(seen, published);
    for (Life life : habits.lives) {
      habits.end(life);
    }
    for (int i = 1; i < habits.lives.size(); i++) {
      habits.change(habits.lives.get(i - 1), habits.lives.get(i));
    }
    return habits;
  }

  private int most(Said said) {
    return seen.stream()
        .filter(look -> look.said() == said && look.counts())
        .mapToInt(Sighting::ttl)
        .max()
        .orElse(0);
  }

  /// A TTL of 0 while it counts down is shown by those alone that keep an entry one second more
  /// (fact 1).
  private void end(Life life) {
    if (life.last().ttl() == 0 && life.decays()) {
      lastSecond.add(life.last());
    }
  }

  private void change(Life before, Life after) {
    if (after.zero().hi() < before.zero().lo() - NOTICED) {
      if (after.last().said() == before.last().said()) {
        back.add(after.first());
      }
    }
    if (inserted(after.first()).hi() < before.last().sent().nanos()
        && after.last().said() != before.last().said()) {
      back.add(after.first());
    }
    if (after.zero().hi() < before.zero().lo() - NOTICED) {
      return;
    }
    if (after.last().said() == Said.OLD) {
      long gap = after.first().received().nanos() - before.last().sent().nanos();
      tightest = Math.min(tightest, after.first().ttl() + gap / Range.SECOND + 2);
    }
    long early = before.zero().lo() - inserted(after.first()).hi();
    change(after, before, early);
  }

  private void change(Life after, Life before, long sooner) {
    Range fetched = inserted(after.first());
    boolean next = fetched.hi() < before.zero().lo() + life() - window();
    if (next && fetched.lo() > zero(before).hi() - WHOLE) {
      whole.add(after.first());
    }
    if (sooner > window() + BLUR) {
      restless.add(after.first());
    } else if (sooner > NOTICED) {
      early.add(after.first());
      if (before.decays()) {
        this.sooner = Math.max(this.sooner, sooner);
        refreshed.add(after.first());
      }
    } else if (zero(before).hi() < after.first().sent().nanos()
        && inserted(after.first()).hi() < zero(before).lo() + Range.SECOND) {
      withinSecond.add(after.first());
    }
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

  /// The shown TTL was seen to count down, and never seen to do anything else.
  boolean steady() {
    return !unsteady() && lives.stream().anyMatch(Life::decays);
  }

  /// The shown TTL does not say when an entry ends: it stands still, entries are replaced at any
  /// time, or several caches answer.
  boolean unsteady() {
    return !restless.isEmpty() || !back.isEmpty();
  }

  /// Whether the age of a new entry may date its fetch.
  boolean datable() {
    return steady() && published.known() && fetched() >= FEW;
  }

  /// Whether the TTL published was seen, more than once, and none above it.
  boolean full() {
    return longest == published.old()
        && seen.stream().filter(look -> look.counts() && look.ttl() == longest).count() > 1;
  }

  /// Whether entries are known to last to their end: enough of them were seen, and none was
  /// replaced before.
  boolean lasting() {
    return steady() && early.isEmpty() && published.oldKnown() && fetched() >= ENOUGH;
  }

  /// The least time between two fetches, of the old value or the new one, if entries last: what a
  /// refresh may take off, and one second for the class.
  long life() {
    return (Math.min(sure(), published.fresh()) - 1) * Range.SECOND - window();
  }

  /// Whether a single cache explains all looks: one name, or one of the known ways in which a shown
  /// TTL misleads.
  boolean single() {
    List<Sighting> looks = seen.stream().filter(Sighting::counts).toList();
    List<String> names = looks.stream().map(Sighting::nsid).distinct().toList();
    return (!unsteady() && returns() < 2 && (names.size() < 2 || lasting()))
        || (names.size() == 1 && names.getFirst() != null)
        || refetching(looks)
        || frozen(looks.stream().filter(look -> look.said() == Said.OLD).toList());
  }

  /// Every entry seen is young, and much younger than its TTL allows.
  private boolean refetching(List<Sighting> looks) {
    return lives.size() > FEW
        && back.isEmpty()
        && longest > 2 * REFETCHED
        && looks.stream().allMatch(look -> look.ttl() >= longest - REFETCHED);
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

  private static boolean frozen(List<Sighting> looks) {
    return looks.size() > FEW
        && looks.stream().skip(1).mapToInt(Sighting::ttl).distinct().count() == 1;
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

  @Nullable Phase phase() {
    return phase;
  }

  Published published() {
    return published;
  }

  List<Life> lives() {
    return lives;
  }

  /// Questions that found a new entry before the old one could have ended, but within the window.
  List<Sighting> early() {
    return early;
  }

  /// No later fetch than this instant can have brought the entry's end.
  boolean outlives(Sighting look, long instant) {
    return steady() && look.counts() && look.zero().lo() - window() > instant;
  }

  /// Questions that found the next entry, which cannot have come before the old one's end.
  List<Sighting> whole() {
    return whole;
  }

  /// Those of the early ones that replaced an entry seen to count down.
  List<Sighting> refreshed() {
    return refreshed;
  }

  /// How many seconds before its end such an entry was replaced, at least.
  double sooner() {
    return (double) sooner / Range.SECOND;
  }

  /// The largest TTL an entry can begin with, in seconds: one was fetched between two looks, too
  /// short a while ago to have counted down from more.
  long tightest() {
    return tightest;
  }

  /// Questions that found a new entry long before the old one could have ended.
  List<Sighting> restless() {
    return restless;
  }

  /// Questions that found an entry older than one seen before, as of several caches.
  List<Sighting> back() {
    return back;
  }

  /// Questions that found a TTL of 0 at the end of a countdown: class +1.
  List<Sighting> lastSecond() {
    return lastSecond;
  }

  /// Questions that found a new entry in the second after the shown TTL had reached 0: class 0.
  List<Sighting> withinSecond() {
    return withinSecond;
  }

  /// 0 if the entry ends as its shown TTL reaches 0, 1 if a second later (fact 1), -1 if unknown.
  int lag() {
    if (!lastSecond.isEmpty()) {
      return 1;
    }
    return withinSecond.size() >= FEW && early.isEmpty() && !unsteady() ? 0 : -1;
  }
}
