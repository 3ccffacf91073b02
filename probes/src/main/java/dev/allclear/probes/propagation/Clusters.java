package dev.allclear.probes.propagation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/// How many caches answer behind one address, at least (reference, 3): by name, where a name is
/// proven to be that of the cache and not one kept with a cached packet (fact 23), and by the ends
/// of the entries they show.
final class Clusters {
  private static final long GAP = 12 * Range.SECOND / 10;

  private Clusters() {}

  /// Names are believed once one of them came back with the entry it had shown, after another had
  /// answered: a cached packet cannot do that.
  static boolean named(List<Sighting> seen) {
    for (int i = 0; i + 2 < seen.size(); i++) {
      for (int k = i + 2; k < seen.size(); k++) {
        if (same(seen.get(i), seen.get(k))
            && seen.subList(i + 1, k).stream().anyMatch(other(seen.get(i)))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean same(Sighting a, Sighting b) {
    return a.nsid() != null
        && a.nsid().equals(b.nsid())
        && a.said() == b.said()
        && a.counts()
        && b.counts()
        && b.sent().nanos() < a.zero().lo()
        && b.ttl() <= a.ttl()
        && a.zero().meets(b.zero());
  }

  private static Predicate<Sighting> other(Sighting look) {
    return between ->
        between.counts() && between.nsid() != null && !between.nsid().equals(look.nsid());
  }

  static Map<String, List<Sighting>> byName(List<Sighting> seen) {
    Map<String, List<Sighting>> groups = new LinkedHashMap<>();
    seen.stream()
        .filter(look -> look.nsid() != null)
        .forEach(look ->
            groups
                .computeIfAbsent(Objects.requireNonNull(look.nsid()), _ -> new ArrayList<>())
                .add(look));
    return groups;
  }

  /// The most entries of which each ended before the one seen earlier: a single cache only ever
  /// moves on to later ends, so each step back needs one more cache. Unlike counting distinct ends
  /// this counts no cache twice that refreshed its entry meanwhile.
  static List<Sighting> falling(List<Sighting> seen) {
    List<Sighting> counting =
        seen.stream().filter(Sighting::counts).filter(look -> look.said() == Said.OLD).toList();
    List<Sighting> looks =
        counting.stream()
            .filter(look -> counting.stream().anyMatch(twin -> decays(look, twin)))
            .toList();
    List<List<Sighting>> chains = new ArrayList<>();
    List<Sighting> longest = List.of();
    for (int i = 0; i < looks.size(); i++) {
      List<Sighting> best = List.of();
      for (int j = 0; j < i; j++) {
        boolean below = looks.get(i).zero().hi() + GAP < looks.get(j).zero().lo();
        best = below && chains.get(j).size() > best.size() ? chains.get(j) : best;
      }
      List<Sighting> chain = new ArrayList<>(best);
      chain.add(looks.get(i));
      chains.add(chain);
      longest = chain.size() > longest.size() ? chain : longest;
    }
    return longest;
  }

  private static boolean decays(Sighting a, Sighting b) {
    return a.ttl() != b.ttl() && a.zero().meets(b.zero());
  }
}
