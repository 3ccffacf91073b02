package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import org.jspecify.annotations.Nullable;

/// When a cache's entry with the old value ends: `E_lo` to `E_hi` of the reference (3.3), void
/// where the shown TTL was seen not to say it. `refreshed` is the earliest instant at which
/// somebody else's question may replace the entry before that.
public record Forecast(Bounds expiry, Bounds refreshed, @Nullable String doubt) {
  public boolean trusted() {
    return doubt == null;
  }
}
