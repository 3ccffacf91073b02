package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When the last cache will flip, told in advance: per cache, and for all of them `last`, null if
/// none can be told. `firm` says that no cache ends its entry before every authority is known to be
/// new, so that none can take up the old value again. `unknown` are the addresses whose TTLs tell
/// nothing.
public record Eta(
    List<Expected> expected, @Nullable Bounds last, boolean firm, List<String> unknown) {

  /// The question that proves the flip goes out a little after the entry's end, and may cause it.
  private static final Duration PROOF = Duration.ofMillis(500);

  /// When one cache will flip.
  public record Expected(String resolver, String link, int weight, Bounds at) {}

  public Eta {
    expected = List.copyOf(expected);
    unknown = List.copyOf(unknown);
  }

  /// An entry that ends within `lag` of T0 may be followed by the old value, if one authority lags
  /// so far behind (fact 28).
  public static Eta of(List<Endpoint> endpoints, Event event, Duration lag) {
    List<Expected> expected = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    boolean firm = true;
    for (Endpoint endpoint : endpoints) {
      for (Cache cache : endpoint.caches().values()) {
        Bounds at = endpoint.blended(event.published()) ? null : expected(cache, event, lag);
        if (at == null) {
          unknown.add(endpoint.resolver());
        } else {
          expected.add(new Expected(endpoint.resolver(), endpoint.link(), endpoint.weight(), at));
          firm &= settled(at.earliest(), event) || cache.flip(event).happened();
        }
      }
    }
    expected.sort(Comparator.comparing(each -> each.at().latest()));
    Bounds last = expected.stream().map(Expected::at).reduce(Bounds::later).orElse(null);
    return new Eta(expected, last, firm, unknown);
  }

  /// Caches that flip only after the delegation has ended are held back by that, not by their
  /// entry.
  Eta limitedBy(Move move, Moment start) {
    Moment over = start.plus(move.ttl());
    List<Expected> named =
        expected.stream()
            .map(each ->
                each.at().latest().isBefore(over)
                    ? each
                    : new Expected(each.resolver(), move.link(), each.weight(), each.at()))
            .toList();
    return new Eta(named, last, firm, unknown);
  }

  private static boolean settled(Moment end, Event event) {
    return event.everywhere() != null && event.everywhere().isBefore(end);
  }

  private static @Nullable Bounds expected(Cache cache, Event event, Duration lag) {
    Bounds flipped = cache.flip(event).bounds();
    if (flipped != null) {
      return flipped;
    }
    Habits habits = cache.habits(event.published());
    Forecast forecast = cache.forecast(habits);
    if (forecast == null || !forecast.trusted()) {
      return null;
    }
    Bounds expiry = forecast.expiry();
    Moment earliest =
        habits.succession().early().isEmpty() ? expiry.earliest() : forecast.refreshed().earliest();
    Moment latest = expiry.latest().plus(PROOF);
    Moment synced = event.everywhere() == null ? event.start().plus(lag) : event.everywhere();
    Moment end =
        expiry.earliest().isBefore(synced)
            ? synced.plus(Duration.ofSeconds(habits.ages().longest() + 1L)).plus(PROOF)
            : latest;
    return Bounds.between(earliest, Moment.later(latest, end));
  }

  /// Who is the last, and by which record; null if none can be told.
  public @Nullable Expected limit() {
    return expected.isEmpty() ? null : expected.getLast();
  }

  /// Which share of the caches will have flipped by then: surely, and possibly.
  public Share by(Moment instant) {
    int all = expected.size() + unknown.size();
    long certain = expected.stream().filter(each -> !instant.isBefore(each.at.latest())).count();
    long possible = expected.stream().filter(each -> each.at.earliest().isBefore(instant)).count();
    return new Share((int) certain, (int) possible + unknown.size(), all);
  }
}
