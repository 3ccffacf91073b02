package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What every address of every authority said since the change was made, by its name.
public record Authorities(Map<String, Cache> servers) {

  public Authorities {
    servers = Map.copyOf(servers);
  }

  public static Authorities of(Collection<String> names) {
    Map<String, Cache> servers = new LinkedHashMap<>();
    names.forEach(name -> servers.put(name, Cache.UNSEEN));
    return new Authorities(servers);
  }

  public Authorities with(String name, Sighting look) {
    Map<String, Cache> next = new LinkedHashMap<>(servers);
    next.merge(name, Cache.UNSEEN.with(look), (cache, _) -> cache.with(look));
    return new Authorities(next);
  }

  private List<Flip> flips() {
    return servers.values().stream().map(Cache::turned).toList();
  }

  /// T1: when the first authority was new; null while none is.
  public @Nullable Bounds first() {
    List<Flip> flips = flips();
    Moment latest =
        flips.stream()
            .map(Flip::latest)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    Moment earliest =
        flips.stream().map(Flip::earliest).min(Comparator.naturalOrder()).orElse(null);
    return latest == null || earliest == null ? null : Bounds.between(earliest, latest);
  }

  /// No authority had the new value before this instant, as far as they were seen to have the old
  /// one; they tell nothing if one went back to it.
  Moment since() {
    return flips().stream().anyMatch(Flip::flapped)
        ? Moment.UNBOUNDED
        : flips().stream()
            .map(Flip::earliest)
            .min(Comparator.naturalOrder())
            .orElse(Moment.UNBOUNDED);
  }

  /// T2: when the last authority was new; null while one is not. It starts the worst case (trap
  /// 15).
  public @Nullable Bounds everywhere() {
    Bounds last = null;
    for (Flip flip : flips()) {
      Bounds at = flip.bounds();
      if (at == null) {
        return null;
      }
      last = last == null ? at : Bounds.later(last, at);
    }
    return last;
  }

  /// The TTLs seen with the old value and the new one: the largest of each, where they differ.
  public Published published() {
    return new Published(ttl(Said.OLD), ttl(Said.NEW));
  }

  private int ttl(Said said) {
    return servers.values().stream()
        .flatMap(cache -> cache.seen().stream())
        .filter(look -> look.said() == said)
        .mapToInt(Sighting::ttl)
        .max()
        .orElse(Published.UNKNOWN);
  }
}
