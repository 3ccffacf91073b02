package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One address of a resolver as it is asked for one link of a name: a single cache, or several that
/// a balancer chooses from. `link` is the owner and type of the record that changes, such as
/// `shop.example A`; `weight` is the share of users that depend on it, 0 if nobody said. Where
/// several caches have no names, and entries live for a few seconds only, their answers can be
/// those of one, and are then taken for it.
public record Endpoint(
    String resolver, String link, int weight, Cache whole, Map<String, Cache> parts) {

  /// So many looks of each known cache stand for every one of them, if they come in turn.
  static final int IN_A_ROW = 3;

  public Endpoint {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  public static Endpoint of(String resolver, String link, int weight) {
    return new Endpoint(resolver, link, weight, Cache.UNSEEN, Map.of());
  }

  /// One of which an earlier session saw these caches flip, by their names.
  public static Endpoint flipped(
      String resolver, String link, int weight, Map<String, Bounds> flips) {
    Map<String, Cache> parts = new LinkedHashMap<>();
    flips.forEach((name, at) -> parts.put(name, Cache.flipped(at)));
    Cache single = parts.remove("");
    return new Endpoint(resolver, link, weight, single == null ? Cache.UNSEEN : single, parts);
  }

  public Endpoint with(Sighting look) {
    Cache next = whole.with(look);
    Map<String, Cache> known = new LinkedHashMap<>(parts);
    if (!known.isEmpty() && look.nsid() != null) {
      known.merge(look.nsid(), Cache.UNSEEN.with(look), (cache, _) -> cache.with(look));
    } else if (known.isEmpty() && Clusters.named(next.seen())) {
      Clusters.byName(next.seen())
          .forEach((name, looks) ->
              looks.forEach(each ->
                  known.merge(name, Cache.UNSEEN.with(each), (cache, _) -> cache.with(each))));
    }
    return new Endpoint(resolver, link, weight, next, known);
  }

  /// The change is over; the new value is the old one of the next change. What was learned of
  /// habits remains if the TTL is the `same`.
  public Endpoint settled(boolean same) {
    Map<String, Cache> known = new LinkedHashMap<>();
    parts.forEach((name, cache) -> known.put(name, cache.settled(same)));
    return new Endpoint(resolver, link, weight, whole.settled(same), known);
  }

  /// The authorities publish another TTL: what was learned with the old one is dropped.
  public Endpoint relearned() {
    return new Endpoint(
        resolver, link, weight, new Cache(List.of(), whole.old(), whole.fruitless()), Map.of());
  }

  /// Each cache that is told apart, by its name, or the address as a whole.
  public Map<String, Cache> caches() {
    return parts.isEmpty() ? Map.of("", whole) : parts;
  }

  /// So many caches answer here, at least.
  public int fragments() {
    return Math.max(Math.max(1, parts.size()), Clusters.falling(whole.seen()).size());
  }

  /// Several caches answer, or seem to, and cannot be told apart.
  boolean blended(Published published) {
    return parts.isEmpty() && (fragments() > 1 || !whole.habits(published).single());
  }

  /// So many new answers in a row are wanted before this address counts as new.
  int row(Published published) {
    return blended(published) ? IN_A_ROW * Math.max(2, fragments()) : IN_A_ROW;
  }

  /// So many answers in a row are new that nothing speaks for an old one, even where caches that
  /// cannot be told apart leave it unproven when the last of them flipped.
  public boolean seemsNew(Event event) {
    List<Sighting> seen = whole.seen();
    int row = 0;
    while (row < seen.size() && seen.get(seen.size() - 1 - row).said() == Said.NEW) {
      row++;
    }
    return parts.isEmpty() && event.everywhere() != null && row >= row(event.published());
  }

  /// The flip of the last cache where it seems to have happened: since the last old answer, and
  /// until the last old entry ends, however many new answers came before; likely as the first of
  /// them came. Null while it does not seem so.
  public @Nullable Flip seeming(Event event) {
    Moment old = whole.old();
    Moment end = end(event);
    if (old == null || end == null || !seemsNew(event)) {
      return null;
    }
    List<Sighting> row =
        whole.seen().stream()
            .filter(look -> look.said() == Said.NEW && old.isBefore(look.sent()))
            .toList();
    if (row.isEmpty()) {
      return null;
    }
    Moment latest = Moment.later(end, row.getLast().received());
    return new Flip(old, row.getFirst().received(), latest, whole.flapped());
  }

  /// The flip of each cache told apart, by its name.
  public Map<String, Flip> flips(Event event) {
    if (blended(event.published())) {
      return Map.of("", blend(event));
    }
    Map<String, Flip> flips = new LinkedHashMap<>();
    caches().forEach((name, cache) -> flips.put(name, cache.flip(event)));
    return flips;
  }

  /// Of caches that cannot be told apart only the whole is known: none has the old value once every
  /// entry fetched before the authorities were new has ended, and it was not heard since. Nothing
  /// is known of when the first of them flipped. Where it is not even sure that they are several, a
  /// single one may have kept the old value past its end, until it gave the new one.
  private Flip blend(Event event) {
    Moment end = end(event);
    List<Sighting> news =
        whole.seen().stream()
            .filter(look -> look.said() == Said.NEW)
            .filter(look -> whole.old() == null || whole.old().isBefore(look.sent()))
            .toList();
    if (end == null
        || news.size() < row(event.published())
        || news.getLast().received().isBefore(end)) {
      return new Flip(Moment.UNBOUNDED, null, whole.flapped());
    }
    if (fragments() == 1) {
      Moment latest = Moment.later(end, news.getFirst().received());
      return new Flip(Moment.UNBOUNDED, latest, whole.flapped());
    }
    boolean over = whole.old() == null || whole.old().isBefore(end);
    return new Flip(Moment.UNBOUNDED, over ? end : null, whole.flapped());
  }

  /// When the last entry with the old value ends, whoever holds it; null while an authority has it.
  @Nullable Moment end(Event event) {
    long ttl = Math.max(whole.habits(event.published()).ages().longest(), event.published().old());
    return event.everywhere() == null
        ? null
        : event.everywhere().plus(Duration.ofSeconds(ttl + 1L));
  }
}
