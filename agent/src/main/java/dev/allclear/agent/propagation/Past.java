package dev.allclear.agent.propagation;

import dev.allclear.probes.Bounds;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an earlier session told of a change that had not converged: of T0 and what changed to what,
/// the authorities that were new, the flips of each resolver's caches by their names, and the ETA.
public record Past(
    Bounds changed,
    List<String> from,
    List<String> to,
    int ttl,
    Map<String, Bounds> published,
    Map<String, Map<String, Bounds>> flips,
    @Nullable Bounds foretold) {

  public Past {
    from = List.copyOf(from);
    to = List.copyOf(to);
    published = Map.copyOf(published);
    flips = Map.copyOf(flips);
  }
}
