package dev.allclear.probes.dns;

import dev.allclear.probes.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;

/// Whether what a parent says of a zone's keys, what its authorities show, and the time fit
/// together. `ds` is null if nobody says what the parent does; `rto` if there is none.
record Trusting(
    String zone,
    @Nullable List<DSRecord> ds,
    List<Showing> shown,
    Instant now,
    @Nullable Duration rto) {
  private static final String REFUSED = ": validating resolvers refuse every name of it";

  /// With SHA-1 or older (RFC 8624, 3.1 and 3.3).
  private static final Set<Integer> WEAK = Set.of(1, 3, 5, 6, 7, 12);

  List<String> algorithms() {
    Set<String> names = new TreeSet<>();
    for (Showing showing : shown) {
      showing.keys().keys().forEach(key -> names.add(algorithm(key)));
    }
    return List.copyOf(names);
  }

  private static String algorithm(DNSKEYRecord key) {
    return DNSSEC.Algorithm.string(key.getAlgorithm());
  }

  @Nullable List<Integer> tags() {
    return ds == null ? null : ds.stream().map(DSRecord::getFootprint).sorted().distinct().toList();
  }

  /// Until the first of the record sets is proved no more.
  @Nullable Duration left() {
    Duration least = null;
    for (Showing showing : shown) {
      for (Signed set : showing.signed()) {
        Duration left = set.left(now);
        least = left != null && (least == null || left.compareTo(least) < 0) ? left : least;
      }
    }
    return least;
  }

  List<String> faults() {
    Map<String, List<String>> servers = new LinkedHashMap<>();
    for (Showing showing : shown) {
      for (String fault : faults(showing)) {
        servers.computeIfAbsent(fault, _ -> new ArrayList<>()).add(showing.server());
      }
    }
    return Words.sentences(servers);
  }

  private List<String> faults(Showing showing) {
    List<String> faults = new ArrayList<>();
    if (ds != null && !ds.isEmpty()) {
      faults.addAll(broken(showing.keys(), ds));
    }
    boolean signed = !showing.keys().keys().isEmpty();
    for (Signed set : showing.signed()) {
      if (signed && set.left(now) == null) {
        faults.add(set.fault(now));
      }
    }
    return faults;
  }

  /// One DS that leads to a key which signs is enough (RFC 4035, 5.2).
  private List<String> broken(ZoneKeys keys, List<DSRecord> parent) {
    List<DNSKEYRecord> named = parent.stream().flatMap(each -> keys.named(each).stream()).toList();
    String tags = Security.tags(parent.stream().map(DSRecord::getFootprint).distinct().toList());
    if (keys.keys().isEmpty()) {
      return List.of(
          "shows no key of %s, though its parent has a DS for it (%s)".formatted(zone, tags)
              + REFUSED);
    }
    if (named.isEmpty()) {
      return List.of(
          "shows no key that the DS of %s at its parent names (%s), only %s"
                  .formatted(zone, tags, Security.tags(keys.tags()))
              + REFUSED);
    }
    return named.stream().anyMatch(keys::signedBy)
        ? List.of()
        : List.of(
            "does not sign the keys of %s with the one that the DS at its parent names (%s)"
                    .formatted(zone, tags)
                + REFUSED);
  }

  List<String> advice() {
    Map<String, List<String>> servers = new LinkedHashMap<>();
    for (Showing showing : shown) {
      for (String each : ending(showing)) {
        servers.computeIfAbsent(each, _ -> new ArrayList<>()).add(showing.server());
      }
    }
    List<String> advice = new ArrayList<>(Words.sentences(servers));
    if (ds != null && ds.isEmpty()) {
      advice.add(zone + " is signed, but its parent has no DS for it: nobody validates it");
    }
    advice.addAll(idle());
    for (String name : algorithms()) {
      if (WEAK.contains(DNSSEC.Algorithm.value(name))) {
        advice.add(
            "%s is signed with %s, which resolvers may take for unsigned (RFC 8624)"
                .formatted(zone, name));
      }
    }
    return advice;
  }

  private List<String> ending(Showing showing) {
    List<String> ending = new ArrayList<>();
    for (Signed set : showing.signed()) {
      Duration left = set.left(now);
      if (rto != null && left != null && left.compareTo(rto) < 0) {
        ending.add(
            "gives a signature of %s that ends in %s, within an RTO of %s: unless it is renewed,"
                    .formatted(set.what(), Words.days(left), Figures.written(rto))
                + " validating resolvers refuse it from then on");
      }
    }
    return ending;
  }

  /// A DS without its key, beside one that has it.
  private List<String> idle() {
    List<String> idle = new ArrayList<>();
    for (DSRecord each : ds == null ? List.<DSRecord>of() : ds) {
      boolean known = shown.stream().anyMatch(showing -> !showing.keys().named(each).isEmpty());
      if (!known && !isNobodyNamed()) {
        idle.add(
            "the DS %d of %s at its parent names a key that no authority shows: it is left over, or"
                    .formatted(each.getFootprint(), zone)
                + " of a key to come");
      }
    }
    return idle;
  }

  private boolean isNobodyNamed() {
    return ds == null
        || shown.stream()
            .allMatch(
                showing -> ds.stream().allMatch(each -> showing.keys().named(each).isEmpty()));
  }
}
