package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One cache, as the looks at it show: the latest ones, since the clocks last ran evenly. `old` is
/// when it was last asked while it gave the old value; `fruitless` counts the latest questions that
/// brought no value, also those that are no longer remembered.
public record Cache(List<Sighting> seen, @Nullable Moment old, int fruitless) {

  /// So many looks tell a cache's habits and can prove them; older ones are dropped.
  static final int REMEMBERED = 48;

  /// The wall clock was set, or the machine slept, if it moved so far against the monotonic one.
  private static final Duration STEP = Duration.ofMillis(250);

  /// So near to an entry's end its bounds outweigh the new one's age, which is as good as the TTL
  /// known: less near if that TTL was seen.
  private static final long CLOSE = 3 * Range.SECOND;

  private static final long CLOSER = 19 * Range.SECOND / 10;
  private static final long MARGIN = 2 * Range.SECOND;

  public static final Cache UNSEEN = new Cache(List.of(), null, 0);

  public Cache {
    seen = List.copyOf(seen);
  }

  /// With one more look. TTLs and phases are forgotten when the clocks ran apart (trap 26).
  public Cache with(Sighting look) {
    List<Sighting> more = new ArrayList<>();
    if (!seen.isEmpty() && even(seen.getLast().received(), look.received())) {
      more.addAll(seen.size() < REMEMBERED ? seen : shortened());
    }
    more.add(look);
    boolean later = look.said() == Said.OLD && (old == null || old.isBefore(look.sent()));
    return new Cache(more, later ? look.sent() : old, look.said().value() ? 0 : fruitless + 1);
  }

  /// Without the oldest look that brought no value, or else the oldest.
  private List<Sighting> shortened() {
    List<Sighting> rest = new ArrayList<>(seen);
    Sighting oldest =
        seen.stream().filter(each -> !each.said().value()).findFirst().orElse(seen.getFirst());
    rest.remove(oldest);
    return rest;
  }

  private static boolean even(Moment before, Moment after) {
    if (before.session() != after.session()) {
      return false;
    }
    Duration wall = Duration.between(before.wall(), after.wall());
    Duration length = before.until(after);
    return wall.minus(length).abs().compareTo(STEP.plus(length.dividedBy(1_000))) <= 0;
  }

  /// The change is over: what was new is old now, and habits are learned on, from what was seen
  /// before it too if the TTL is the `same`.
  public Cache settled(boolean same) {
    List<Sighting> kept =
        seen.stream()
            .filter(look -> look.said() == Said.NEW || (same && look.said() == Said.OLD))
            .map(look -> look.saying(Said.OLD))
            .toList();
    return new Cache(kept, null, 0);
  }

  Habits habits(Published published) {
    return Habits.of(seen, published);
  }

  /// Null while no living entry with the old value was seen.
  public @Nullable Forecast forecast(Published published) {
    return forecast(habits(published));
  }

  @Nullable Forecast forecast(Habits habits) {
    Life life = habits.old();
    if (life == null) {
      return null;
    }
    Range zero = habits.ages().zero(life);
    int lag = habits.lag();
    long lo = zero.lo() + Math.max(lag, 0) * Range.SECOND;
    long hi = zero.hi() + Math.abs(lag) * Range.SECOND;
    Moment known = life.last().sent();
    Moment refreshed = Range.moment(known, Math.max(known.nanos(), lo - habits.ages().window()));
    return new Forecast(
        new Range(lo, hi).near(known),
        Bounds.between(refreshed, Moment.later(refreshed, Range.moment(known, lo))),
        doubt(habits, life));
  }

  private @Nullable String doubt(Habits habits, Life life) {
    if (habits.unsteady()) {
      return "its TTL did not count down as one entry's does";
    }
    Sighting last = last(Said.OLD);
    return last == null || life.last().equals(last)
        ? null
        : "it gives the old value without a TTL that counts down";
  }

  /// Between the latest question answered with the old value and the earliest answer with the new
  /// one, whatever lies between: of a server that keeps nothing.
  public Flip turned() {
    return plain(firstNew(_ -> true));
  }

  /// The same for a cache: with an answer that is there to stay, since no authority has the old
  /// value any more, and narrowed by the age of the new entry and the end of the old one where that
  /// is sound.
  public Flip flip(Event event) {
    Habits habits = habits(event.published());
    Sighting first = firstNew(look -> event.lasting(look, habits));
    Flip plain = plain(first);
    return first != null && habits.steady() && first.counts()
        ? narrowed(since(plain, first, habits, event.first()), first, habits)
        : plain;
  }

  private Flip plain(@Nullable Sighting first) {
    return new Flip(
        old == null ? Moment.UNBOUNDED : old, first == null ? null : first.received(), flapped());
  }

  /// What was fetched when an authority may have had the new value was not fetched before one did.
  /// An older entry stems from an earlier change.
  private static Flip since(Flip plain, Sighting first, Habits habits, Moment since) {
    boolean comparable = since.session() == first.received().session();
    return comparable && habits.ages().inserted(first).hi() >= since.nanos()
        ? new Flip(Moment.later(plain.earliest(), since), plain.latest(), plain.flapped())
        : plain;
  }

  private Flip narrowed(Flip plain, Sighting first, Habits habits) {
    Range fetched = habits.ages().inserted(first);
    Moment at = first.received();
    boolean comparable = plain.earliest().session() == at.session();
    long from = comparable ? plain.earliest().nanos() : Long.MIN_VALUE;
    if (fetched.hi() < from) {
      return plain;
    }
    Moment latest = habits.datable() ? Range.moment(at, fetched.hi()) : at;
    long lo = comparable ? earliest(habits, fetched, from, at.nanos()) : from;
    Moment earliest = lo <= from ? plain.earliest() : Range.moment(at, lo);
    return new Flip(Moment.earlier(earliest, latest), latest, plain.flapped());
  }

  /// The age of the new entry tells the first fetch only if there was no time for two. Where the
  /// end of the old one is close, it holds too: a TTL of a second more than the known one shows no
  /// earlier.
  private static long earliest(Habits habits, Range fetched, long from, long at) {
    Life life = habits.old();
    long surplus = Math.max(0, habits.lag()) * Range.SECOND;
    long end = life == null ? from : Math.max(from, habits.ages().zero(life).lo() + surplus);
    long least = habits.lasting() ? Math.max(from, end - habits.ages().window()) : from;
    boolean once =
        (habits.lasting() && at - least < habits.ages().life())
            || (habits.datable() && at - from < habits.ages().kept() - MARGIN);
    if (!once || !habits.datable()) {
      return least;
    }
    long close = habits.full() ? CLOSER : CLOSE;
    return Math.max(
        least, fetched.hi() - end <= close ? Math.min(end, fetched.lo()) : fetched.lo());
  }

  /// The earliest answer with the new value that may have come after the last old one.
  private @Nullable Sighting firstNew(Predicate<Sighting> counting) {
    return seen.stream()
        .filter(look -> look.said() == Said.NEW)
        .filter(look -> old == null || !look.received().isBefore(old))
        .filter(counting)
        .findFirst()
        .orElse(null);
  }

  boolean flapped() {
    return old != null
        && seen.stream().anyMatch(look -> look.said() == Said.NEW && look.received().isBefore(old));
  }

  @Nullable Sighting last(Said said) {
    return seen.stream()
        .filter(look -> look.said() == said)
        .reduce((_, later) -> later)
        .orElse(null);
  }
}
