package dev.allclear.agent.outage;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the probes of a cell that is not well agree: shallow ones that pass while deep ones fail
/// would call healthy what is not.
final class Depths {
  private Depths() {}

  /// Every shallow probe passes, and a deep one that is known to fail still does.
  static boolean differ(Health health) {
    List<Track> shallow = of(health, Depth.SHALLOW);
    return !shallow.isEmpty()
        && shallow.stream().allMatch(Track::isPassing)
        && of(health, Depth.DEEP).stream()
            .anyMatch(track -> track.isFailing() && health.failing().contains(track.probe()));
  }

  /// What changes about that; null if nothing does.
  static @Nullable Event change(Health health, Track track, Observation observation) {
    Incident incident = health.incident();
    if (incident == null) {
      return null;
    }
    if (incident.disagreement().since() == null) {
      return differ(health) ? new Event.DepthsDiffer(observation.told(), since(health)) : null;
    }
    if (track.depth() == Depth.SHALLOW && track.isFailing() && track.fails() >= 2) {
      return new Event.DepthsAgree(observation.told(), track.failingSince());
    }
    return of(health, Depth.DEEP).stream().anyMatch(Track::isFailing)
        ? null
        : new Event.DepthsAgree(observation.told(), agreedSince(health));
  }

  private static Bounds since(Health health) {
    Bounds up =
        of(health, Depth.SHALLOW).stream()
            .map(Track::passingSince)
            .reduce(Bounds::later)
            .orElseThrow();
    Bounds down =
        of(health, Depth.DEEP).stream()
            .filter(Track::isFailing)
            .map(Track::failingSince)
            .reduce(Bounds::earlier)
            .orElseThrow();
    return Bounds.later(up, down);
  }

  private static Bounds agreedSince(Health health) {
    return of(health, Depth.DEEP).stream()
        .filter(Track::isPassing)
        .map(Track::passingSince)
        .reduce(Bounds::later)
        .orElseThrow();
  }

  private static List<Track> of(Health health, Depth depth) {
    return health.required().stream().filter(track -> track.depth() == depth).toList();
  }
}
