package dev.allclear.probes.propagation;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges resolvers by what was seen of them.
public final class Verdicts {
  private static final int PROVING = 4;
  private static final int FEW = 3;

  /// A resolver remembers a failure up to 30 s (facts 9, 27): what fails later is not that.
  static final Duration REMEMBERED = Duration.ofSeconds(35);

  private Verdicts() {}

  /// What is proven of one address, the graver first; `Unknown` alone if nothing is. `outages` are
  /// those of the authorities.
  public static List<Verdict> of(Endpoint endpoint, Event event, List<Outage> outages) {
    List<Verdict> found = new ArrayList<>();
    add(found, failing(endpoint.whole(), outages));
    add(found, fragmented(endpoint));
    for (Cache cache : endpoint.caches().values()) {
      Habits habits = Habits.of(untouched(cache, outages), event.published());
      add(found, intercepted(cache));
      add(found, stale(cache, outages));
      add(found, unmarked(cache, outages, event.published()));
      add(found, frozen(cache, habits));
      if (endpoint.fragments() == Math.max(1, endpoint.parts().size())) {
        add(found, kept(habits, overdue(cache, event)));
      }
    }
    return found.isEmpty() ? List.of(Verdict.Unknown.NOTHING_SEEN) : List.copyOf(found);
  }

  /// What no outage touched: an entry may be kept on in it without a word (fact 11).
  private static List<Sighting> untouched(Cache cache, List<Outage> outages) {
    return cache.seen().stream()
        .filter(look -> outages.stream().noneMatch(each -> each.touches(look, REMEMBERED)))
        .toList();
  }

  /// The old value was given when no cache that obeys could have it.
  private static boolean overdue(Cache cache, Event event) {
    Moment everywhere = event.everywhere();
    Duration ttl = Duration.ofSeconds(Math.max(0, event.published().old()) + 2L);
    return everywhere != null
        && cache.seen().stream()
            .filter(look -> look.said() == Said.OLD)
            .anyMatch(look -> everywhere.plus(ttl).isBefore(look.sent()));
  }

  private static void add(List<Verdict> found, @Nullable Verdict verdict) {
    if (verdict != null) {
      found.add(verdict);
    }
  }

  private static @Nullable Verdict failing(Cache cache, List<Outage> outages) {
    if (outages.isEmpty() || outages.getLast().over() == null) {
      return null;
    }
    Moment reachable = outages.getLast().over();
    List<Sighting> failed =
        cache.seen().stream()
            .filter(look -> look.said() == Said.FAILED)
            .filter(look -> reachable.until(look.sent()).compareTo(REMEMBERED) > 0)
            .toList();
    return failed.isEmpty() ? null : new Verdict.FailingAfterRecovery(proving(failed));
  }

  private static @Nullable Verdict fragmented(Endpoint endpoint) {
    List<Sighting> ends = Clusters.falling(endpoint.whole().seen());
    if (endpoint.parts().size() > 1) {
      List<Sighting> each =
          endpoint.parts().values().stream().map(cache -> cache.seen().getLast()).toList();
      return new Verdict.Fragmented(endpoint.fragments(), proving(each));
    }
    return ends.size() > 1 ? new Verdict.Fragmented(ends.size(), proving(ends)) : null;
  }

  /// Full TTLs again and again within one TTL, each with the flag of an authority.
  private static @Nullable Verdict intercepted(Cache cache) {
    List<Sighting> looks = cache.seen().stream().filter(look -> look.said().value()).toList();
    int row = 0;
    for (int i = 1; i < looks.size(); i++) {
      Sighting before = looks.get(i - 1);
      Sighting after = looks.get(i);
      long apart = before.received().until(after.sent()).toSeconds();
      boolean still = before.ttl() == after.ttl() && apart >= 2 && apart < after.ttl();
      row = still && before.authoritative() && after.authoritative() ? row + 1 : 0;
      if (row >= FEW) {
        return new Verdict.Intercepted(proving(looks.subList(0, i + 1)));
      }
    }
    return null;
  }

  /// Ended values while every authority answers are given first by policy; while none does, they
  /// may be given for want of better.
  private static @Nullable Verdict stale(Cache cache, List<Outage> outages) {
    List<Sighting> stale =
        cache.seen().stream().filter(look -> look.said().value() && look.stale()).toList();
    List<Sighting> needless = stale.stream().filter(untouched(cache, outages)::contains).toList();
    if (!needless.isEmpty()) {
      return new Verdict.StaleFirst(proving(needless));
    }
    return stale.isEmpty() ? null : new Verdict.StaleOnFailure(proving(stale));
  }

  /// Old values that were fetched, by their TTLs, while no authority answered: kept past their end
  /// without a word (fact 11), or had from somebody who is not known here.
  private static @Nullable Verdict unmarked(
      Cache cache, List<Outage> outages, Published published) {
    Ages ages = cache.habits(published).ages();
    List<Sighting> looks =
        cache.seen().stream()
            .filter(look -> look.said() == Said.OLD && look.counts() && published.oldKnown())
            .filter(look ->
                outages.stream().anyMatch(outage -> outage.holds(ages.inserted(look), look)))
            .toList();
    return looks.isEmpty() ? null : new Verdict.Unknown(proving(looks));
  }

  /// The same TTL three times over, each time late enough to have counted down and too soon for
  /// another entry; looks in between tell nothing else.
  private static @Nullable Verdict frozen(Cache cache, Habits habits) {
    List<Sighting> looks =
        cache.seen().stream().filter(look -> look.said() == Said.OLD && look.counts()).toList();
    if (!habits.single() || habits.lives().stream().anyMatch(Life::decays)) {
      return null;
    }
    int row = 0;
    int from = 0;
    for (int i = 1; i < looks.size(); i++) {
      Sighting before = looks.get(from);
      Sighting after = looks.get(i);
      long apart = before.received().until(after.sent()).toMillis();
      boolean same = before.ttl() == after.ttl() && !after.authoritative();
      if (same && apart < 1_200) {
        continue;
      }
      row = same && apart < Math.min(4_000, after.ttl() * 1_000L - 1_000) ? row + 1 : 0;
      from = i;
      if (row >= FEW) {
        return new Verdict.Frozen(after.ttl(), proving(looks.subList(0, i + 1)));
      }
    }
    return null;
  }

  private static @Nullable Verdict kept(Habits habits, boolean overdue) {
    Published published = habits.published();
    if (!published.oldKnown() || habits.unknown()) {
      return null;
    }
    List<Sighting> above = looks(habits, published.old() + 1);
    if (!above.isEmpty() && habits.steady()) {
      return new Verdict.Floor(habits.ages().longest(), proving(above));
    }
    if (habits.succession().refreshed().size() >= 2 && !habits.unsteady()) {
      return new Verdict.EarlyRefresh(
          habits.succession().sooner(), proving(habits.succession().refreshed()));
    }
    if (!habits.lasting() || overdue) {
      return null;
    }
    if (habits.succession().tightest() < published.old()) {
      return new Verdict.Ceiling(
          habits.ages().longest(),
          (int) habits.succession().tightest(),
          proving(looks(habits, habits.ages().longest())));
    }
    return habits.full() && habits.succession().whole().size() >= FEW
        ? new Verdict.Obeys(proving(habits.succession().whole()))
        : null;
  }

  private static List<Sighting> looks(Habits habits, int ttl) {
    return habits.lives().stream()
        .flatMap(life -> life.looks().stream())
        .filter(look -> look.said() == Said.OLD && look.ttl() >= ttl)
        .toList();
  }

  private static List<Sighting> proving(List<Sighting> looks) {
    return List.copyOf(looks.subList(Math.max(0, looks.size() - PROVING), looks.size()));
  }
}
