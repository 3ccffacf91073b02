package dev.allclear.agent.outage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The claims of an outage, in the order of the times that they tell. Their number is bounded:
/// beyond {@link #MANY} a value of what is told again and again replaces the one before it, and
/// beyond {@link #MOST} no more are kept.
final class Filed {
  static final int MANY = 1000;
  static final int MOST = 5000;

  private Filed() {}

  /// The same list if this is nothing new.
  static List<Event.Claimed> with(List<Event.Claimed> known, Event.Claimed claimed) {
    if (claimed.isIn(known)) {
      return known;
    }
    Said said = claimed.claim().said();
    Event.Claimed last = known.size() < MANY || !said.repeats() ? null : last(known, said);
    if (last == null) {
      return known.size() < MOST ? placed(known, claimed) : known;
    }
    if (last.claim().time().isAfter(claimed.claim().time())) {
      return known;
    }
    List<Event.Claimed> others = new ArrayList<>(known);
    others.remove(last);
    return placed(others, claimed);
  }

  private static Event.@Nullable Claimed last(List<Event.Claimed> known, Said said) {
    return known.reversed().stream()
        .filter(each -> each.claim().said().repeats())
        .filter(each -> each.claim().said().subject().equals(said.subject()))
        .findFirst()
        .orElse(null);
  }

  private static List<Event.Claimed> placed(List<Event.Claimed> known, Event.Claimed claimed) {
    return placed(known, List.of(claimed), each -> each.claim().time(), claimed.claim().time());
  }

  /// Behind the last that is not later.
  static <T> List<T> placed(List<T> known, List<T> more, Function<T, Instant> time, Instant when) {
    int place = known.size();
    while (place > 0 && time.apply(known.get(place - 1)).isAfter(when)) {
      place--;
    }
    List<T> longer = new ArrayList<>(known);
    longer.addAll(place, more);
    return longer;
  }
}
