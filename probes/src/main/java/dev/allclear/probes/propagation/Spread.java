package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One change of one name on its way from the authorities to every cache, as seen so far: a pure
/// fold over sightings. `before` is the TTL the authorities published for the old value, `outages`
/// are the times in which none of them answered; `move` is null unless the name moves to them from
/// others.
public record Spread(
    Moment start,
    boolean creates,
    int before,
    Authorities authorities,
    List<Endpoint> endpoints,
    List<Outage> outages,
    @Nullable Move move) {

  public Spread {
    endpoints = List.copyOf(endpoints);
    outages = List.copyOf(outages);
  }

  /// Without an outage, and with no move.
  public Spread(
      Moment start,
      boolean creates,
      int before,
      Authorities authorities,
      List<Endpoint> endpoints) {
    this(start, creates, before, authorities, endpoints, List.of(), null);
  }

  public Spread with(List<Outage> known) {
    return new Spread(start, creates, before, authorities, endpoints, known, move);
  }

  public Spread moving(@Nullable Move other) {
    return new Spread(start, creates, before, authorities, endpoints, outages, other);
  }

  /// With one more answer of an authority.
  public Spread with(String authority, Sighting look) {
    return new Spread(
        start, creates, before, authorities.with(authority, look), endpoints, outages, move);
  }

  /// With one more answer of the address at this place in the list.
  public Spread with(int endpoint, Sighting look) {
    List<Endpoint> next = new ArrayList<>(endpoints);
    next.set(endpoint, next.get(endpoint).with(look));
    return new Spread(start, creates, before, authorities, next, outages, move);
  }

  public Event event() {
    Bounds everywhere = authorities.everywhere();
    Published told = authorities.published();
    return new Event(
        start,
        authorities.since(),
        Move.over(move, everywhere == null ? null : everywhere.latest()),
        new Published(Math.max(before, told.old()), told.fresh()),
        creates);
  }

  /// When the last cache will flip, if no authority lags behind T0 by more than `lag`.
  public Eta eta(Duration lag) {
    if (move == null) {
      return Eta.of(endpoints, event(), lag);
    }
    Duration whole = lag.plus(move.ttl());
    return Eta.of(endpoints, event(), whole).limitedBy(move, start);
  }

  /// When the last cache flipped; null while one has not, or nobody can tell.
  public @Nullable Bounds last() {
    Bounds last = null;
    for (Flip flip : flips(endpoints)) {
      Bounds at = flip.bounds();
      if (at == null) {
        return null;
      }
      last = last == null ? at : Bounds.later(last, at);
    }
    return last;
  }

  public Parts parts() {
    return Parts.of(Bounds.at(start), authorities.first(), authorities.everywhere(), last());
  }

  /// The same from the instant at which somebody ordered the change: nothing was new before that.
  public Parts parts(Moment ordered) {
    Bounds order = Bounds.at(ordered);
    return Parts.of(
        order,
        after(order, authorities.first()),
        after(order, authorities.everywhere()),
        after(order, last()));
  }

  private static @Nullable Bounds after(Bounds order, @Nullable Bounds at) {
    return at == null ? null : Bounds.later(order, at);
  }

  /// Caches that have flipped, of those that were told apart.
  public Share caches(Moment now) {
    return share(flips(endpoints), now);
  }

  /// Addresses of which every cache has flipped.
  public Share resolvers(Moment now) {
    int certain = 0;
    int possible = 0;
    for (Endpoint endpoint : endpoints) {
      certain += whole(endpoint, flip -> flip.certain(now));
      possible += whole(endpoint, flip -> flip.possible(now) || flip.certain(now));
    }
    return new Share(certain, Math.max(certain, possible), endpoints.size());
  }

  /// The same by users, each address by its weight; null if none has one: then it is unweighted.
  public @Nullable Share users(Moment now) {
    int all = endpoints.stream().mapToInt(Endpoint::weight).sum();
    if (all == 0) {
      return null;
    }
    int certain = 0;
    int possible = 0;
    for (Endpoint endpoint : endpoints) {
      certain += endpoint.weight() * whole(endpoint, flip -> flip.certain(now));
      possible +=
          endpoint.weight() * whole(endpoint, flip -> flip.possible(now) || flip.certain(now));
    }
    return new Share(certain, Math.max(certain, possible), all);
  }

  private int whole(Endpoint endpoint, Predicate<Flip> has) {
    return endpoint.flips(event()).values().stream().allMatch(has) ? 1 : 0;
  }

  private List<Flip> flips(Collection<Endpoint> of) {
    Event event = event();
    return of.stream().flatMap(each -> each.flips(event).values().stream()).toList();
  }

  private static Share share(List<Flip> flips, Moment now) {
    int certain = (int) flips.stream().filter(flip -> flip.certain(now)).count();
    int possible =
        (int) flips.stream().filter(flip -> flip.certain(now) || flip.possible(now)).count();
    return new Share(certain, possible, flips.size());
  }

  /// The address of which the last cache flipped last; null until all have.
  public @Nullable Endpoint limit() {
    Bounds last = last();
    if (last == null) {
      return null;
    }
    return endpoints.stream()
        .filter(each ->
            each.flips(event()).values().stream()
                .map(Flip::latest)
                .filter(Objects::nonNull)
                .anyMatch(last.latest()::equals))
        .findFirst()
        .orElse(null);
  }

  /// How this address treats TTLs and outages.
  public List<Verdict> verdicts(Endpoint endpoint) {
    return Verdicts.of(endpoint, event(), outages);
  }

  /// How this address came out of the latest outage; null if nothing was seen of one.
  public @Nullable Recovery recovery(Endpoint endpoint) {
    return outages.isEmpty() ? null : Recovery.of(endpoint, outages.getLast(), Said.NEW);
  }

  /// The next question to the address at this place; null while there is none to ask.
  public @Nullable Query next(int endpoint) {
    return Plan.next(endpoints.get(endpoint), event());
  }
}
