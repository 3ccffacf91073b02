package dev.allclear.probes.readiness;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The worst case of a name's failover, along its chain and as in force now (reference, 3): what
/// lags at the authorities, and then the longest of all that caches may hold. `negative` counts if
/// the failover creates names, `delegation` (NS and DS at parent and child) if it moves them; both
/// are null if it does not. `floors` are the seconds below which a resolver keeps no entry, by its
/// name.
public record Readiness(
    List<TtlHistory> links,
    @Nullable Duration negative,
    @Nullable Duration delegation,
    Map<String, Integer> floors,
    Duration lag) {

  public Readiness {
    links = List.copyOf(links);
    floors = Map.copyOf(floors);
    if (links.isEmpty()) {
      throw new IllegalArgumentException("a name has one link at least");
    }
  }

  /// Everything that may hold a cache back, the longest first.
  public List<Delay> delays(Moment now) {
    List<Delay> delays = new ArrayList<>();
    links.forEach(link -> delays.add(new Delay(link.link(), link.inForce(now))));
    if (negative != null) {
      delays.add(new Delay("negative answers", negative));
    }
    if (delegation != null) {
      delays.add(new Delay("delegation", delegation));
    }
    floors.forEach((resolver, floor) -> delays.add(new Delay(resolver, Duration.ofSeconds(floor))));
    delays.sort(Comparator.comparing(Delay::length).reversed().thenComparing(Delay::name));
    return delays;
  }

  /// How long a cache may hold the old value once every authority is new, named after the longest
  /// part. Entries expire side by side, so that the longest counts; but until a delegation expires,
  /// the old servers may be asked, and what they say is kept for the longest of the others.
  public Delay limit(Moment now) {
    List<Delay> delays = delays(now);
    if (delegation == null) {
      return delays.getFirst();
    }
    Duration others =
        delays.stream()
            .filter(delay -> !delay.name().equals("delegation"))
            .map(Delay::length)
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return new Delay(delays.getFirst().name(), delegation.plus(others));
  }

  /// From T0 until nobody can be given the old value by a cache that obeys: one second more than
  /// the longest TTL, as whole seconds of the resolver's clock count (fact 1).
  public Duration worst(Moment now) {
    return lag.plus(limit(now).length()).plusSeconds(1);
  }

  /// When the TTLs published now are all that counts.
  public Moment ready() {
    return links.stream().map(TtlHistory::ready).max(Comparator.naturalOrder()).orElseThrow();
  }
}
