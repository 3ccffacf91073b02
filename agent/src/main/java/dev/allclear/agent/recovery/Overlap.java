package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Spell;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Outages of the regions of one service that belong together, and the moments at which so many of
/// the regions were down at once for the first and for the last time. Which one it was does not
/// matter: only how many certainly, and how many possibly, were.
record Overlap(List<Down> downs, int needed) {

  /// How long one region was down. `restored` and `verified` are null while it is not.
  record Down(
      String region,
      Bounds onset,
      Moment detected,
      @Nullable Bounds restored,
      @Nullable Moment verified) {

    /// A region that is only degraded is not down.
    static Stream<Down> of(Incident incident) {
      return incident.spells().stream()
          .filter(spell -> spell.level().equals(Level.DOWN))
          .map(spell -> of(incident.cell().region(), spell));
    }

    private static Down of(String region, Spell spell) {
      return new Down(region, spell.onset(), spell.detected(), spell.restored(), spell.verified());
    }
  }

  /// One region's time from `from` up to `to`, which is null while it goes on.
  private record Stay(String region, Moment from, @Nullable Moment to) {
    boolean holds(Moment moment) {
      return !moment.isBefore(from) && (to == null || moment.isBefore(to));
    }

    boolean leadsTo(Moment moment) {
      return from.isBefore(moment) && (to == null || !to.isBefore(moment));
    }
  }

  Overlap {
    downs = List.copyOf(downs);
  }

  /// When so many were decided to be down; null if they never were.
  @Nullable Moment detected() {
    return first(decided());
  }

  /// When fewer than so many were left that are not verified; null while that is not so.
  @Nullable Moment verified() {
    List<Stay> decided = decided();
    return goesOn(decided) ? null : last(decided);
  }

  /// Each counts until it is verified, as its own outage does.
  Bounds onset() {
    Moment lo = first(until(Bounds::earliest));
    Moment likely = first(until(Bounds::likely));
    Moment hi = Objects.requireNonNull(first(until(Bounds::latest)), "never decided to be down");
    Moment earliest = Objects.requireNonNull(lo);
    return new Bounds(earliest, likely == null ? hi : likely, hi);
  }

  /// No earlier than the onset: of regions that were verified late, perhaps never so many were down
  /// at once. Of one region the bounds are its own.
  Bounds restored() {
    Bounds onset = onset();
    if (needed == 1) {
      return downs.stream()
          .map(down -> Objects.requireNonNull(down.restored()))
          .reduce(onset, Bounds::later);
    }
    Moment lo = last(down(Bounds::latest, Bounds::earliest));
    Moment likely = last(down(Bounds::likely, Bounds::likely));
    Moment hi = last(down(Bounds::earliest, Bounds::latest));
    Moment latest = hi == null ? onset.latest() : Moment.later(hi, onset.latest());
    Moment earliest = lo == null ? onset.earliest() : Moment.later(lo, onset.earliest());
    return likely == null ? Bounds.between(earliest, latest) : new Bounds(earliest, likely, latest);
  }

  /// In how many regions it is down at that moment, as was decided.
  int at(Moment moment) {
    return count(decided().stream().filter(stay -> stay.holds(moment)));
  }

  private List<Stay> decided() {
    return stays(Down::detected, Down::verified);
  }

  private List<Stay> until(Function<Bounds, Moment> edge) {
    return stays(down -> edge.apply(down.onset()), Down::verified);
  }

  private List<Stay> down(Function<Bounds, Moment> begin, Function<Bounds, Moment> end) {
    return stays(
        down -> begin.apply(down.onset()),
        down -> down.restored() == null ? null : end.apply(down.restored()));
  }

  private List<Stay> stays(Function<Down, Moment> from, Function<Down, @Nullable Moment> to) {
    return downs.stream()
        .map(down -> new Stay(down.region(), from.apply(down), to.apply(down)))
        .toList();
  }

  private @Nullable Moment first(List<Stay> stays) {
    return stays.stream()
        .map(Stay::from)
        .filter(moment -> count(stays.stream().filter(stay -> stay.holds(moment))) >= needed)
        .reduce(Moment::earlier)
        .orElse(null);
  }

  private @Nullable Moment last(List<Stay> stays) {
    return stays.stream()
        .map(Stay::to)
        .filter(Objects::nonNull)
        .filter(moment -> count(stays.stream().filter(stay -> stay.leadsTo(moment))) >= needed)
        .reduce(Moment::later)
        .orElse(null);
  }

  private boolean goesOn(List<Stay> stays) {
    return count(stays.stream().filter(stay -> stay.to() == null)) >= needed;
  }

  private static int count(Stream<Stay> stays) {
    return (int) stays.map(Stay::region).distinct().count();
  }
}
