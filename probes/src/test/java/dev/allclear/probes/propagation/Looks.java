package dev.allclear.probes.propagation;

import dev.allclear.probes.Moment;
import java.time.Instant;
import java.util.Arrays;

/// Looks at a server, written down by hand: seconds since some midnight, 20 ms for each answer.
final class Looks {
  private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");

  private Looks() {}

  static Moment at(double seconds) {
    long nanos = Math.round(seconds * 1e9);
    return new Moment(MIDNIGHT.plusNanos(nanos), nanos, 1);
  }

  static double seconds(Moment moment) {
    return moment.nanos() / 1e9;
  }

  static Sighting old(double sent, int ttl) {
    return Sighting.of(at(sent), at(sent + 0.02), Said.OLD, ttl);
  }

  static Sighting fresh(double sent, int ttl) {
    return Sighting.of(at(sent), at(sent + 0.02), Said.NEW, ttl);
  }

  static Sighting without(double sent, Said said) {
    return Sighting.without(at(sent), at(sent + 1), said);
  }

  static Cache cache(Sighting... looks) {
    return Arrays.stream(looks).reduce(Cache.UNSEEN, Cache::with, (_, last) -> last);
  }

  static Endpoint endpoint(Sighting... looks) {
    return Arrays.stream(looks)
        .reduce(Endpoint.of("office", "app A", 0), Endpoint::with, (_, last) -> last);
  }

  /// Entries of 30 s, each fetched as soon as the one before ended, at whole seconds; two looks at
  /// each.
  static Cache learned(int entries) {
    Cache cache = Cache.UNSEEN;
    for (int i = 0; i < entries; i++) {
      cache =
          cache.with(old(30 * i + 1.05 + 0.005 * i, 29)).with(old(30 * i + 20.93 + 0.005 * i, 10));
    }
    return cache;
  }

  static Event event(double start, double everywhere, int ttl) {
    return new Event(at(start), at(everywhere), Published.of(ttl), false);
  }
}
