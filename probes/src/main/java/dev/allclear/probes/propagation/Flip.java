package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import org.jspecify.annotations.Nullable;

/// When one server began to give the new value for good: after `earliest`, and not after `latest`,
/// which is null while it has not been seen to. Between an entry's end and this instant it gave
/// neither; the fetch in an authority's log is this instant. `likely` is null for the middle.
/// `flapped` says that the old value came back after the new one.
public record Flip(
    Moment earliest, @Nullable Moment likely, @Nullable Moment latest, boolean flapped) {

  public Flip(Moment earliest, @Nullable Moment latest, boolean flapped) {
    this(earliest, null, latest, flapped);
  }

  static final Flip NEVER = new Flip(Moment.UNBOUNDED, null, false);

  public boolean happened() {
    return latest != null;
  }

  /// Null while it has not been seen to happen.
  public @Nullable Bounds bounds() {
    if (latest == null) {
      return null;
    }
    return likely == null ? Bounds.between(earliest, latest) : new Bounds(earliest, likely, latest);
  }

  boolean certain(Moment now) {
    return latest != null && !now.isBefore(latest);
  }

  boolean possible(Moment now) {
    return earliest.isBefore(now);
  }
}
