package dev.allclear.probes.propagation;

import dev.allclear.probes.Moment;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One question to one server as the core is told of it. `ttl` is in seconds, that of the link
/// which is to change; `errors` are the codes of extended errors (RFC 8914), `nsid` is who says
/// that it answered (RFC 5001). The answer was produced at some instant in [sent, received].
public record Sighting(
    Moment sent,
    Moment received,
    Said said,
    int ttl,
    boolean authoritative,
    Set<Integer> errors,
    @Nullable String nsid) {
  private static final Set<Integer> STALE = Set.of(3, 19);

  public Sighting {
    errors = Set.copyOf(errors);
    if (received.isBefore(sent)) {
      throw new IllegalArgumentException("received before it was sent");
    }
    if (ttl < 0) {
      throw new IllegalArgumentException("negative TTL: " + ttl);
    }
  }

  /// An answer with a value and nothing beside it.
  public static Sighting of(Moment sent, Moment received, Said said, int ttl) {
    return new Sighting(sent, received, said, ttl, false, Set.of(), null);
  }

  /// A question that brought no value.
  public static Sighting without(Moment sent, Moment received, Said said) {
    return new Sighting(sent, received, said, 0, false, Set.of(), null);
  }

  public Sighting from(@Nullable String server) {
    return new Sighting(sent, received, said, ttl, authoritative, errors, server);
  }

  public Sighting saying(Said other) {
    return new Sighting(sent, received, other, ttl, authoritative, errors, nsid);
  }

  public Sighting with(Set<Integer> codes) {
    return new Sighting(sent, received, said, ttl, authoritative, codes, nsid);
  }

  /// The resolver says itself that the value had expired (RFC 8914, 4.4 and 4.20). That it says
  /// nothing proves nothing (facts 11, 30), and the value may be the new one (fact 10).
  public boolean stale() {
    return errors.stream().anyMatch(STALE::contains);
  }

  /// Its TTL counts down an entry: a value, and not one kept past its end.
  boolean counts() {
    return said.value() && !stale();
  }

  /// The resolver's whole second in which the answer was made began within this.
  Range second() {
    return new Range(sent.nanos() - Range.SECOND, received.nanos());
  }

  /// When the shown TTL reaches 0: `floor(t) + n` on the resolver's clock (fact 2).
  Range zero() {
    return second().plus(ttl * Range.SECOND).widen(Range.drift(ttl * Range.SECOND));
  }
}
