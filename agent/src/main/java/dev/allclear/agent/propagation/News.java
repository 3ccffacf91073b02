package dev.allclear.agent.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Recovery;
import java.util.List;

/// What one answer brought to light about a tracked name.
public sealed interface News {

  /// What the authorities publish while nothing happens, with its TTL in seconds.
  record Known(List<String> records, int ttl) implements News {}

  /// The name is not there, and its zone is signed: resolvers that validate may deny it though
  /// nobody asked them for it, until so many seconds after it is made (RFC 8198; fact 19).
  record Deniable(String zone, int seconds) implements News {}

  /// An authority began to say something else: T0, as it can be seen from outside.
  record Changed(Bounds at, List<String> from, List<String> to) implements News {}

  /// Somebody says that the name was changed then.
  record Claimed(Moment at) implements News {}

  /// An authority began to give the new value.
  record Published(String authority, Bounds at) implements News {}

  /// When the last cache will flip: told at once, and again when that has changed.
  record Foretold(Eta eta) implements News {}

  /// A cache began to give the new value; `cache` is its name for itself where one address has
  /// several, or empty.
  record Flipped(String resolver, String cache, Flip flip) implements News {}

  /// A cache that had flipped gave the old value again.
  record Reverted(String resolver, String cache) implements News {}

  /// Every cache has flipped, the last of them then.
  record Converged(Bounds at) implements News {}

  /// No authority answers any more, since some time in these bounds.
  record Unreachable(Bounds at) implements News {}

  /// Authorities answer again.
  record Reachable(Bounds at) implements News {}

  /// A resolver still fails, or gives ended values, long after the authorities answer again.
  record Lagging(String resolver, Recovery recovery) implements News {}

  /// A resolver that an outage of the authorities had touched gives living answers again.
  record Recovered(String resolver, Recovery recovery) implements News {}
}
