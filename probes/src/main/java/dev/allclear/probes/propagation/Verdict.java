package dev.allclear.probes.propagation;

import java.util.List;

/// How one resolver treats the TTL of one link, and the answers that prove it.
public sealed interface Verdict {

  /// The latest of the answers that prove it; none where nothing was seen.
  List<Sighting> proof();

  /// Its entries count down from the published TTL, and are neither kept longer nor replaced
  /// sooner.
  record Obeys(List<Sighting> proof) implements Verdict {}

  /// It keeps entries so many seconds or more, whatever is published: the largest TTL seen (fact
  /// 14).
  record Floor(int seconds, List<Sighting> proof) implements Verdict {}

  /// It keeps entries no longer than `most` seconds though more is published; `shown` is the
  /// largest TTL seen, and the ceiling lies between the two (fact 15).
  record Ceiling(int shown, int most, List<Sighting> proof) implements Verdict {}

  /// It replaces entries before they end, by so many seconds at least (facts 3 to 6).
  record EarlyRefresh(double seconds, List<Sighting> proof) implements Verdict {}

  /// It shows a TTL that stands still, so that nobody can tell when an entry ends (fact 16).
  record Frozen(int seconds, List<Sighting> proof) implements Verdict {}

  /// It gives an ended entry to the first who asks, and only then asks the authorities (facts 7,
  /// 10). No TTL violation.
  record StaleFirst(List<Sighting> proof) implements Verdict {}

  /// It gives ended entries while it cannot reach the authorities (facts 8, 9, 12).
  record StaleOnFailure(List<Sighting> proof) implements Verdict {}

  /// It gives no answer though the authorities answer again (fact 13).
  record FailingAfterRecovery(List<Sighting> proof) implements Verdict {}

  /// So many caches answer behind this address, at least (facts 21, 22).
  record Fragmented(int caches, List<Sighting> proof) implements Verdict {}

  /// Something answers as an authority would, with a TTL that never counts down: it was
  /// intercepted, or forwarded without a cache (reference, 2).
  record Intercepted(List<Sighting> proof) implements Verdict {}

  /// What was seen proves none of these. With proof: old values given in an outage of the
  /// authorities as if they had just been fetched, of which nobody can tell whether they are stale
  /// (fact 11).
  record Unknown(List<Sighting> proof) implements Verdict {
    static final Unknown NOTHING_SEEN = new Unknown(List.of());
  }
}
