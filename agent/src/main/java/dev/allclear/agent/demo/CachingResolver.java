package dev.allclear.agent.demo;

import dev.allclear.agent.demo.Authority.Lease;
import dev.allclear.agent.demo.Authority.Location;
import dev.allclear.agent.demo.Truth.Change;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one resolver remembers of the shop's address: a function of the clock, its manners and what
/// its upstream says. Keeps the truth of when its answer changed: since a cache notices only when
/// it is asked, that is the instant from which on a query *would* have got the new answer. Any
/// thread.
final class CachingResolver {
  /// Of an answer served past its time (RFC 8767, 4).
  static final Duration STALE_TTL = Duration.ofSeconds(30);

  private record Entry(Region region, Moment expiry) {}

  private final Manners manners;
  private final Supplier<Location> upstream;
  private final Executor background;
  private final Chronicle chronicle;
  private Region shown;
  private @Nullable Entry entry;
  private boolean refreshing;

  CachingResolver(
      Manners manners, Supplier<Location> upstream, Chronicle chronicle, Executor background) {
    this.manners = manners;
    this.upstream = upstream;
    this.background = background;
    this.chronicle = chronicle;
    this.shown = upstream.get().region();
  }

  Manners manners() {
    return manners;
  }

  synchronized Lease ask() {
    Moment now = chronicle.now();
    Entry held = entry;
    if (held != null && now.isBefore(held.expiry)) {
      return lease(held, now);
    }
    if (held != null && manners == Manners.STALE) {
      refreshLater();
      return new Lease(held.region, STALE_TTL);
    }
    Location found = upstream.get();
    flipOnExpiry(found);
    return lease(keep(found, now), now);
  }

  /// The region that a query would be answered with. Records the change that time alone has brought
  /// about, and must be called before the upstream's answer changes, since only its last change is
  /// known later.
  synchronized Region settle() {
    Entry held = entry;
    // What has expired at a resolver that serves stale is still its answer.
    boolean fetches =
        held == null || (manners != Manners.STALE && !chronicle.now().isBefore(held.expiry));
    if (fetches) {
      flipOnExpiry(upstream.get());
    }
    return shown;
  }

  private void refreshLater() {
    if (!refreshing) {
      refreshing = true;
      background.execute(this::refresh);
    }
  }

  private synchronized void refresh() {
    Moment before = chronicle.now();
    Location found = upstream.get();
    keep(found, before);
    refreshing = false;
    flip(found, Bounds.between(before, chronicle.now()));
  }

  private Entry keep(Location found, Moment begin) {
    Entry kept = new Entry(found.region(), begin.plus(manners.effective(found.ttl())));
    entry = kept;
    return kept;
  }

  private void flipOnExpiry(Location found) {
    Entry old = entry;
    flip(found, old == null ? found.since() : Bounds.later(Bounds.at(old.expiry), found.since()));
  }

  private void flip(Location found, Bounds at) {
    if (found.region() != shown) {
      shown = found.region();
      chronicle.add(at, new Change.Flipped(manners, shown));
    }
  }

  /// The rest of a second counts as one, as in resolvers that keep time in whole seconds.
  private static Lease lease(Entry entry, Moment now) {
    Duration left = now.until(entry.expiry);
    return new Lease(
        entry.region, Duration.ofSeconds(left.plusSeconds(1).minusNanos(1).toSeconds()));
  }
}
