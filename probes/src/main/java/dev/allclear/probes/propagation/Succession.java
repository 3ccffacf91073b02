package dev.allclear.probes.propagation;

import java.util.ArrayList;
import java.util.List;

/// How the entries that were seen in one cache followed one another: the questions that found one
/// replaced, by what that proves.
final class Succession {

  /// The insertion is known to one second, the zero to another.
  private static final long BLUR = 12 * Range.SECOND / 10;

  private static final long WHOLE = 3 * Range.SECOND / 10;
  private static final long NOTICED = Range.SECOND / 10;

  private final Ages ages;
  private final List<Sighting> early = new ArrayList<>();
  private final List<Sighting> whole = new ArrayList<>();
  private final List<Sighting> refreshed = new ArrayList<>();
  private long sooner;
  private long tightest = Ages.UNBOUNDED;
  private final List<Sighting> restless = new ArrayList<>();
  private final List<Sighting> back = new ArrayList<>();
  private final List<Sighting> lastSecond = new ArrayList<>();
  private final List<Sighting> withinSecond = new ArrayList<>();

  private Succession(Ages ages) {
    this.ages = ages;
  }

  static Succession of(List<Life> lives, Ages ages) {
    Succession succession = new Succession(ages);
    lives.forEach(succession::end);
    for (int i = 1; i < lives.size(); i++) {
      succession.change(lives.get(i - 1), lives.get(i));
    }
    return succession;
  }

  /// A TTL of 0 while it counts down is shown by those alone that keep an entry one second more
  /// (fact 1).
  private void end(Life life) {
    if (life.last().ttl() == 0 && life.decays()) {
      lastSecond.add(life.last());
    }
  }

  private void change(Life before, Life after) {
    if (before.fits(after.first())) {
      return;
    }
    if (after.zero().hi() < before.zero().lo() - NOTICED) {
      if (after.last().said() == before.last().said()) {
        back.add(after.first());
      }
    }
    if (ages.inserted(after.first()).hi() < before.last().sent().nanos()
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
    long early = before.zero().lo() - ages.inserted(after.first()).hi();
    change(after, before, early);
  }

  private void change(Life after, Life before, long sooner) {
    Range fetched = ages.inserted(after.first());
    boolean next = fetched.hi() < before.zero().lo() + ages.life() - ages.window();
    if (next && fetched.lo() > ages.zero(before).hi() - WHOLE) {
      whole.add(after.first());
    }
    boolean isEarly = ages.latestSecond(after.first()) < before.zero().lo() - NOTICED;
    if (sooner > ages.window() + BLUR) {
      restless.add(after.first());
    } else if (isEarly) {
      early.add(after.first());
      if (before.decays()) {
        this.sooner = Math.max(this.sooner, sooner);
        refreshed.add(after.first());
      }
    } else if (ages.zero(before).hi() < after.first().sent().nanos()
        && ages.inserted(after.first()).hi() < ages.zero(before).lo() + Range.SECOND) {
      withinSecond.add(after.first());
    }
  }

  /// Questions that found a new entry before the old one could have ended, but within the window.
  List<Sighting> early() {
    return early;
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
}
