package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Span;
import org.jspecify.annotations.Nullable;

/// What the time from the change to the last flip is made of (reference, 3): `api` from T0 to T1,
/// the first authority; `sync` from T1 to T2, the last authority; `tail` from T2 to the last cache.
/// Each is null until both of its ends are known.
public record Parts(
    @Nullable Span api, @Nullable Span sync, @Nullable Span tail, @Nullable Span whole) {

  static Parts of(
      Bounds start, @Nullable Bounds first, @Nullable Bounds everywhere, @Nullable Bounds last) {
    return new Parts(
        between(start, first),
        between(first, everywhere),
        between(everywhere, last),
        between(start, last));
  }

  private static @Nullable Span between(@Nullable Bounds from, @Nullable Bounds to) {
    return from == null || to == null ? null : from.until(to);
  }
}
