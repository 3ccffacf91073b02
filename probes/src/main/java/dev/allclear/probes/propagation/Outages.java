package dev.allclear.probes.propagation;

import dev.allclear.probes.Moment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// When none of these authorities answered, as seen from here: a pure fold over what they said.
/// `silent` are those whose last question brought no value, `answered` is when the last question
/// that brought one was asked.
public record Outages(Set<String> all, Set<String> silent, Moment answered, List<Outage> known) {
  private static final int REMEMBERED = 8;

  public Outages {
    all = Set.copyOf(all);
    silent = Set.copyOf(silent);
    known = List.copyOf(known.subList(Math.max(0, known.size() - REMEMBERED), known.size()));
  }

  public static Outages of(Collection<String> authorities) {
    return new Outages(Set.copyOf(authorities), Set.of(), Moment.UNBOUNDED, List.of());
  }

  /// With one more answer of an authority, or that there was none.
  public Outages with(String authority, Sighting look) {
    return look.said().value() ? answering(authority, look) : lacking(authority, look);
  }

  private Outages answering(String authority, Sighting look) {
    Set<String> rest = new HashSet<>(silent);
    rest.remove(authority);
    Outage open = open();
    List<Outage> next = open == null ? known : replaced(open.overBy(look.received()));
    return new Outages(all, rest, Moment.later(answered, look.sent()), next);
  }

  private Outages lacking(String authority, Sighting look) {
    Set<String> more = new HashSet<>(silent);
    more.add(authority);
    Outage open = open();
    if (open != null) {
      return new Outages(all, more, answered, replaced(open.lastingUntil(look.sent())));
    }
    if (!more.containsAll(all)) {
      return new Outages(all, more, answered, known);
    }
    List<Outage> next = new ArrayList<>(known);
    next.add(new Outage(answered, look.received(), look.sent(), null));
    return new Outages(all, more, answered, next);
  }

  private List<Outage> replaced(Outage latest) {
    List<Outage> next = new ArrayList<>(known.subList(0, known.size() - 1));
    next.add(latest);
    return next;
  }

  private @Nullable Outage open() {
    Outage latest = latest();
    return latest == null || latest.over() != null ? null : latest;
  }

  /// Null if there was none.
  public @Nullable Outage latest() {
    return known.isEmpty() ? null : known.getLast();
  }
}
