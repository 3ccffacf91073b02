package dev.allclear.probes.propagation;

import static dev.allclear.probes.propagation.Query.Purpose.BASELINE;
import static dev.allclear.probes.propagation.Query.Purpose.CHANGE;
import static dev.allclear.probes.propagation.Query.Purpose.CHECK;
import static dev.allclear.probes.propagation.Query.Purpose.CONFIRM;
import static dev.allclear.probes.propagation.Query.Purpose.EXPIRY;
import static dev.allclear.probes.propagation.Query.Purpose.OVERDUE;
import static dev.allclear.probes.propagation.Query.Purpose.POLL;
import static dev.allclear.probes.propagation.Query.Purpose.RETRY;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// When each server is asked next (reference, 3): a pure function of what was seen so far, to be
/// computed anew after every answer and every change of the event.
public final class Plan {
  /// Authorities are asked so often from T0 until all of them are new.
  public static final Duration AUTHORITY = Duration.ofMillis(250);

  private static final Duration AFTER = Duration.ofMillis(100);
  private static final Duration APART = Duration.ofMillis(300);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration OVERDUE_GAP = Duration.ofMillis(1_500);
  private static final Duration LONGEST_GAP = Duration.ofSeconds(15);
  private static final Duration UNCACHED = Duration.ofSeconds(60);
  private static final double EVERY_OTHER = 0.5;
  private static final long CLEAR = Range.SECOND / 2;
  private static final long FINE_PHASE = 3 * Range.SECOND / 10;
  private static final int PATIENT = 5;
  private static final int MANY = 20;
  private static final int RARER = 20;
  private static final int RECOVERING = 10;
  private static final Duration LONG_AGO = Duration.ofMinutes(5);

  /// As many as show nine of ten caches that each get a tenth of the questions (reference, 3).
  private static final int SURVEY = 30;

  private static final Duration SURVEY_GAP = Duration.ofMillis(400);

  private Plan() {}

  /// The next question to an authority; null once it is new.
  public static @Nullable Query authority(Cache authority, Event event) {
    Sighting last = authority.seen().isEmpty() ? null : authority.seen().getLast();
    if (last == null || last.sent().isBefore(event.start())) {
      return new Query(event.start(), CHANGE);
    }
    return last.said() == Said.NEW ? null : new Query(last.sent().plus(AUTHORITY), POLL);
  }

  /// The next question while nothing happens; `random` is uniform in [0, 1).
  public static Query baseline(Endpoint endpoint, Published published, Moment now, double random) {
    Cache cache = endpoint.whole();
    if (cache.seen().isEmpty()) {
      return new Query(now, BASELINE);
    }
    Habits habits = cache.habits(published);
    Forecast forecast = cache.forecast(habits);
    Moment second = second(habits, forecast);
    if (second != null && !second.isBefore(now)) {
      return new Query(second, BASELINE);
    }
    Moment surplus = surplus(habits);
    if (surplus != null && !surplus.isBefore(now) && (habits.whole() || random < EVERY_OTHER)) {
      return new Query(surplus, BASELINE);
    }
    int ttl = habits.ages().longest();
    Duration length = ttl == 0 ? UNCACHED : Duration.ofSeconds(ttl);
    Moment wanted = cache.seen().getLast().sent().plus(scaled(length, 0.5 + random));
    Moment aligned = telling(habits, Moment.later(now, wanted));
    return new Query(
        forecast == null ? aligned : outside(forecast, aligned, scaled(length, random / 4)),
        BASELINE);
  }

  /// In the second after the shown TTL has reached 0, whose answer tells if the entry ends before
  /// that second or after it (fact 1). A cache of the latter kind is asked in its last second, but
  /// only once. Null where that is known, or cannot be. While the whole TTL was not seen, only
  /// every other question is such a one, since an early refresh looks like the former.
  private static @Nullable Moment surplus(Habits habits) {
    Life life = habits.old();
    if (life == null
        || habits.lag() >= 0
        || !habits.steady()
        || !habits.succession().early().isEmpty()) {
      return null;
    }
    Range zero = habits.ages().zero(life);
    return zero.width() > CLEAR
        ? null
        : Range.moment(life.last().sent(), zero.middle() + Range.SECOND / 2);
  }

  /// The next of the questions that count the caches behind an address which was asked so often
  /// before; null once there were enough.
  public static @Nullable Query survey(
      Endpoint endpoint, Published published, int asked, Moment now) {
    Cache cache = endpoint.whole();
    if (asked >= SURVEY) {
      return null;
    }
    Moment wanted =
        cache.seen().isEmpty()
            ? now
            : Moment.later(now, cache.seen().getLast().sent().plus(SURVEY_GAP));
    Forecast forecast = cache.forecast(published);
    return new Query(
        forecast == null ? wanted : outside(forecast, wanted, Duration.ZERO), BASELINE);
  }

  /// The next question while no authority answers: at the latest when the entry ends, since what
  /// users are given from then on is wanted.
  public static Query during(Endpoint endpoint, Published published, Moment now, double random) {
    Query usual = baseline(endpoint, published, now, random);
    Forecast forecast = endpoint.whole().forecast(published);
    if (forecast == null || !forecast.trusted()) {
      return usual;
    }
    Moment ended = Moment.later(now, forecast.expiry().latest().plus(AFTER));
    return usual.at().isBefore(ended) ? usual : new Query(ended, EXPIRY);
  }

  /// The next question to an address that is not well in an outage, or after it: the longer that
  /// lasts, the rarer.
  public static Query recovering(Recovery recovery) {
    Moment last = recovery.failing().sent();
    Outage outage = recovery.outage();
    Moment turn = outage.over() == null ? outage.sure() : outage.over();
    Duration since = turn.until(last).dividedBy(RECOVERING);
    Duration gap = since.compareTo(LONGEST_GAP) < 0 ? since : LONGEST_GAP;
    return new Query(last.plus(gap.compareTo(SOON) < 0 ? SOON : gap), RETRY);
  }

  /// The next question since the change; null while there is none to ask.
  public static @Nullable Query next(Endpoint endpoint, Event event) {
    if (event.creates() && event.everywhere() == null) {
      return null;
    }
    Query next =
        endpoint.parts().isEmpty()
            ? single(endpoint.whole(), event, endpoint)
            : several(endpoint, event);
    return next == null ? null : rarer(next, endpoint.whole(), event);
  }

  /// Whatever a resolver does, the longer ago the change the rarer it is asked: less than 200 times
  /// in the first hour. An entry's end is told by nothing but a question at its time.
  private static Query rarer(Query next, Cache cache, Event event) {
    if (cache.seen().isEmpty() || next.purpose() == EXPIRY || next.purpose() == CHECK) {
      return next;
    }
    Moment last = cache.seen().getLast().sent();
    Duration gap = event.start().until(last).minus(LONG_AGO).dividedBy(RARER);
    return new Query(Moment.later(next.at(), last.plus(gap)), next.purpose());
  }

  private static @Nullable Query several(Endpoint endpoint, Event event) {
    Query first =
        endpoint.parts().values().stream()
            .map(cache -> single(cache, event, endpoint))
            .filter(Objects::nonNull)
            .min(Comparator.comparing(Query::at))
            .orElse(null);
    return first == null ? null : spaced(endpoint, event, first);
  }

  /// Which of several caches answers is not ours to choose: ask again soon, then ever more rarely.
  private static Query spaced(Endpoint endpoint, Event event, Query first) {
    List<Sighting> looks = since(endpoint.whole(), Moment.later(event.start(), first.at()));
    if (looks.isEmpty()) {
      return first;
    }
    int tries = looks.size() - 4 * endpoint.parts().size();
    Duration gap = tries < 0 ? APART : growing(APART, tries);
    return new Query(Moment.later(first.at(), looks.getLast().sent().plus(gap)), first.purpose());
  }

  private static @Nullable Query single(Cache cache, Event event, Endpoint endpoint) {
    List<Sighting> looks = since(cache, event.start());
    Habits habits = cache.habits(event.published());
    Forecast forecast = cache.forecast(habits);
    if (looks.isEmpty()) {
      Moment at = event.start();
      return new Query(
          forecast == null || !forecast.trusted() ? at : outside(forecast, at, Duration.ZERO),
          CHANGE);
    }
    Sighting last = looks.getLast();
    return switch (last.said()) {
      case NEW -> confirmation(cache, habits, event, endpoint);
      case OLD -> whileOld(habits, forecast, event, looks);
      case FAILED, SILENT -> retry(forecast, last, cache.fruitless());
    };
  }

  private static Query retry(@Nullable Forecast forecast, Sighting last, int tries) {
    Moment expiry = forecast == null ? null : forecast.expiry().latest().plus(AFTER);
    if (forecast != null && expiry != null && forecast.trusted() && last.sent().isBefore(expiry)) {
      return new Query(expiry, EXPIRY);
    }
    return new Query(last.received().plus(growing(SOON, tries - 1)), RETRY);
  }

  private static Query whileOld(
      Habits habits, @Nullable Forecast forecast, Event event, List<Sighting> looks) {
    Sighting last = looks.getLast();
    int overdue = trailing(looks, look -> overdue(look, habits, event));
    if (overdue > 0) {
      Duration gap = overdue <= PATIENT ? OVERDUE_GAP : growing(OVERDUE_GAP, overdue - PATIENT);
      return new Query(last.sent().plus(gap), OVERDUE);
    }
    if (forecast == null || !forecast.trusted()) {
      return new Query(last.sent().plus(growing(SOON, looks.size() - 1)), POLL);
    }
    Moment check = second(habits, forecast);
    return check == null
        ? new Query(forecast.expiry().latest().plus(AFTER), EXPIRY)
        : new Query(check, CHECK);
  }

  /// The old value where no cache that asks the authorities could have it: past its end by its own
  /// word, or fetched when every authority was new.
  private static boolean overdue(Sighting look, Habits habits, Event event) {
    if (look.said() != Said.OLD) {
      return false;
    }
    Moment everywhere = event.everywhere();
    return look.stale()
        || (everywhere != null
            && everywhere.session() == look.sent().session()
            && habits.ages().inserted(look).lo() > everywhere.nanos());
  }

  /// A second look at the entry, as late as nobody's question refreshes it: it proves that the TTL
  /// counts down, bounds the flip, and halves what is unknown of the phase. Null where that is
  /// known without it, or where there is no room.
  private static @Nullable Moment second(Habits habits, @Nullable Forecast forecast) {
    Life life = habits.old();
    if (life == null
        || forecast == null
        || !forecast.trusted()
        || life.looks().size() > 1
        || clear(habits, forecast, life.last())) {
      return null;
    }
    Moment latest = forecast.refreshed().earliest().minus(AFTER);
    Moment aligned = telling(habits, latest.minus(SOON));
    Moment soonest = life.last().received().plus(SOON);
    Moment at = aligned.isBefore(soonest) ? latest : aligned;
    return at.isBefore(soonest) ? null : at;
  }

  private static boolean clear(Habits habits, Forecast forecast, Sighting last) {
    Phase phase = habits.ages().phase();
    long until = last.sent().until(forecast.expiry().latest()).toNanos();
    return phase != null
        && phase.width(last.sent().nanos() + until) <= FINE_PHASE
        && (habits.lasting()
            || (habits.datable() && until + 3 * Range.SECOND < habits.ages().kept()));
  }

  private static @Nullable Query confirmation(
      Cache cache, Habits habits, Event event, Endpoint endpoint) {
    List<Sighting> looks = since(cache, event.start());
    Sighting last = looks.getLast();
    int row = trailing(looks, look -> look.said() == Said.NEW);
    boolean blended = endpoint.blended(event.published());
    boolean doubtful = blended || habits.unknown() || habits.unsteady() || cache.flapped();
    if (doubtful && row < endpoint.row(event.published())) {
      return new Query(last.sent().plus(growing(SOON, looks.size() - MANY)), CONFIRM);
    }
    Moment end = blended ? endpoint.end(event) : end(last);
    boolean over =
        blended ? end != null && !last.received().isBefore(end) : event.lasting(last, habits);
    return over
        ? null
        : new Query(Moment.later(again(habits, end, last), last.sent().plus(SOON)), CONFIRM);
  }

  private static Moment again(Habits habits, @Nullable Moment end, Sighting last) {
    Moment soon = last.sent().plus(LONGEST_GAP);
    return end == null ? last.sent() : habits.steady() ? end : Moment.earlier(end, soon);
  }

  private static Moment end(Sighting look) {
    return look.received().plus(Duration.ofSeconds(look.ttl() + 1L));
  }

  private static Moment outside(Forecast forecast, Moment wanted, Duration later) {
    return wanted.isBefore(forecast.refreshed().earliest())
            || forecast.expiry().latest().plus(AFTER).isBefore(wanted)
        ? wanted
        : forecast.expiry().latest().plus(AFTER).plus(later);
  }

  /// From here on, the instant that tells most of the resolver's phase.
  private static Moment telling(Habits habits, Moment from) {
    Life life = habits.old();
    if (life == null || life.last().sent().session() != from.session()) {
      return from;
    }
    return Range.moment(from, new Phase(habits.ages().zero(life)).telling(from.nanos()));
  }

  private static List<Sighting> since(Cache cache, Moment start) {
    return cache.seen().stream().filter(look -> !look.sent().isBefore(start)).toList();
  }

  private static int trailing(List<Sighting> looks, Predicate<Sighting> kind) {
    int count = 0;
    for (Sighting look : looks.reversed()) {
      if (!kind.test(look)) {
        return count;
      }
      count++;
    }
    return count;
  }

  private static Duration growing(Duration first, int times) {
    double factor = Math.pow(1.5, Math.min(Math.max(0, times), 20));
    Duration gap = scaled(first, factor);
    return gap.compareTo(LONGEST_GAP) < 0 ? gap : LONGEST_GAP;
  }

  private static Duration scaled(Duration length, double factor) {
    return Duration.ofNanos(Math.round(length.toNanos() * factor));
  }
}
