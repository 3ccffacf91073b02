package dev.allclear.agent.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.propagation.Cache;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Event;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What of a spreading change was not told yet.
final class Telling {

  /// The lag of authorities that is reckoned with until they are all new.
  private static final Duration LAG = Duration.ofSeconds(1);

  /// An ETA that moves by less is the same.
  private static final Duration MOVED = Duration.ofSeconds(1);

  private record Place(String resolver, String cache) {}

  private final Set<String> published = new HashSet<>();
  private final Set<Place> flipped = new HashSet<>();
  private @Nullable Bounds foretold;

  void forget() {
    published.clear();
    flipped.clear();
    foretold = null;
  }

  List<News> news(Spread spread) {
    List<News> news = new ArrayList<>();
    spread.authorities().servers().forEach((name, cache) -> publish(name, cache, news));
    Event event = spread.event();
    for (Endpoint endpoint : spread.endpoints()) {
      endpoint.flips(event).forEach((cache, flip) -> flip(endpoint, cache, flip, news));
    }
    foretell(spread, event, news);
    return news;
  }

  private void publish(String name, Cache cache, List<News> news) {
    Bounds at = cache.turned().bounds();
    if (at != null && published.add(name)) {
      news.add(new News.Published(name, at));
    }
  }

  /// A flip that is in doubt again, though nobody heard the old value, is told anew once it is
  /// sure.
  private void flip(Endpoint endpoint, String cache, Flip flip, List<News> news) {
    Place place = new Place(endpoint.resolver(), cache);
    if (flip.happened() && flipped.add(place)) {
      news.add(new News.Flipped(place.resolver, cache, flip));
    } else if (!flip.happened() && flipped.remove(place) && flip.flapped()) {
      news.add(new News.Reverted(place.resolver, cache));
    }
  }

  /// Once every resolver was asked since the change, and again when that has moved.
  private void foretell(Spread spread, Event event, List<News> news) {
    if (spread.endpoints().isEmpty() || !spread.endpoints().stream().allMatch(asked(event))) {
      return;
    }
    Eta eta = spread.eta(LAG);
    Bounds last = eta.last();
    if (last != null && (foretold == null || moved(foretold.latest(), last.latest()))) {
      foretold = last;
      news.add(new News.Foretold(eta));
    }
  }

  private static Predicate<Endpoint> asked(Event event) {
    return endpoint -> {
      List<Sighting> seen = endpoint.whole().seen();
      return !seen.isEmpty() && !seen.getLast().sent().isBefore(event.start());
    };
  }

  private static boolean moved(Moment before, Moment now) {
    return before.until(now).abs().compareTo(MOVED) > 0;
  }

  /// Nobody is left to ask, since all have flipped.
  boolean converged(Spread spread) {
    if (spread.authorities().everywhere() == null) {
      return false;
    }
    Map<Integer, Boolean> open = new HashMap<>();
    for (int i = 0; i < spread.endpoints().size(); i++) {
      open.put(i, spread.next(i) != null);
    }
    return !open.containsValue(true) && (spread.endpoints().isEmpty() || spread.last() != null);
  }
}
