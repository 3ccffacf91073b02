package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Span;
import org.jspecify.annotations.Nullable;

/// How one resolver came out of an outage of the authorities: `failing` is its latest answer that
/// was none or not a living one, `living` its first answer after that, null while there is none.
public record Recovery(Outage outage, Sighting failing, @Nullable Sighting living) {

  /// Null if nothing was seen of the outage at this resolver. `value` is what it gives once it is
  /// well: the new value of a change, or the old one of none.
  public static @Nullable Recovery of(Endpoint endpoint, Outage outage, Said value) {
    Sighting failing = null;
    Sighting living = null;
    for (Sighting look : endpoint.whole().seen()) {
      boolean well = look.said() == value && (value == Said.NEW || !look.stale());
      if (!well && !look.sent().isBefore(outage.since())) {
        failing = look;
        living = null;
      } else if (well && failing != null && living == null) {
        living = look;
      }
    }
    return failing == null ? null : new Recovery(outage, failing, living);
  }

  /// It was not well so long after the authorities answered again that it cannot be what resolvers
  /// remember of a failure.
  public boolean late() {
    Moment over = outage.over();
    return over != null && over.until(failing.sent()).compareTo(Verdicts.REMEMBERED) > 0;
  }

  /// When it was well again; null while it is not.
  public @Nullable Bounds at() {
    return living == null
        ? null
        : Bounds.between(Moment.later(outage.lasting(), failing.sent()), living.received());
  }

  /// How long after the authorities (fact 13); null until both are well.
  public @Nullable Span lag() {
    Bounds end = outage.end();
    Bounds at = at();
    return end == null || at == null ? null : end.until(at);
  }
}
