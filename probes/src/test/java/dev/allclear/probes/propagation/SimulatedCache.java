package dev.allclear.probes.propagation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A cache as the reference observed real ones (facts 1 to 17), with users of its own. Lives on its
/// own clock: off by an offset, fast or slow by a drift.
final class SimulatedCache {
  static final long SECOND = 1_000_000_000L;

  /// What it does beyond keeping an entry for its TTL.
  enum Manner {
    HONEST,
    /// Knot Resolver's STUB: shows the TTL, asks again after 5 s (fact 6).
    REFETCHING,
    /// dnsmasq: passes the first TTL through, then shows the same one, keeps the floor (fact 16).
    FROZEN,
    /// Unbound and BIND: the first question after the end gets the old value, EDE 3 (facts 7, 10).
    STALE_FIRST,
    /// BIND: the old value with EDE 3 while the authority is dead, and 30 s more (fact 9).
    STALE_ON_FAILURE,
    /// PowerDNS: the same without a word, its TTL starting anew (fact 11).
    SILENTLY_STALE,
    /// Unbound: refuses for long after an outage of over two minutes (fact 13).
    SLOW_TO_RECOVER
  }

  /// How a cache is set up; lengths in seconds but for the window.
  record Setup(
      Manner manner,
      int lag,
      double windowPart,
      double windowSeconds,
      int floor,
      int ceiling,
      double users,
      double offset,
      double drift,
      @Nullable String nsid) {
    static Setup of(Manner manner, int lag, double users, Random random) {
      return new Setup(
          manner,
          lag,
          0,
          0,
          0,
          Integer.MAX_VALUE,
          users,
          random.nextDouble() * 100,
          (random.nextDouble() - 0.5) * 1e-4,
          null);
    }

    Setup window(double part, double seconds) {
      return new Setup(manner, lag, part, seconds, floor, ceiling, users, offset, drift, nsid);
    }

    Setup clamp(int least, int most) {
      return new Setup(
          manner, lag, windowPart, windowSeconds, least, most, users, offset, drift, nsid);
    }

    Setup named(@Nullable String name) {
      return new Setup(
          manner, lag, windowPart, windowSeconds, floor, ceiling, users, offset, drift, name);
    }

    boolean obedient() {
      return manner == Manner.HONEST && floor == 0 && ceiling == Integer.MAX_VALUE;
    }
  }

  /// What it says and when it says it.
  record Reply(Said said, int ttl, Set<Integer> errors, long at) {}

  /// A fetch: when the authority was asked, and when the entry was in place.
  record Fetch(long asked, long placed, Said said) {}

  final Setup setup;
  final List<Fetch> fetches = new ArrayList<>();
  private final SimulatedAuthority authority;
  private final Random random;
  private long nextUser;
  private @Nullable Said value;
  private int ttl;
  private long second;
  private @Nullable Fetch pending;
  private long staleUntil;
  private long downUntil;
  private long failingSince = -1;
  private long busyUntil;

  SimulatedCache(Setup setup, SimulatedAuthority authority, Random random) {
    this.setup = setup;
    this.authority = authority;
    this.random = random;
    this.nextUser = arrival(0);
  }

  private long arrival(long from) {
    return setup.users == 0
        ? Long.MAX_VALUE
        : from + (long) (-Math.log(1 - random.nextDouble()) / setup.users * SECOND);
  }

  private double local(long at) {
    return setup.offset + at / 1e9 * (1 + setup.drift);
  }

  private long whole(long at) {
    return (long) Math.floor(local(at));
  }

  Reply ask(long at) {
    while (nextUser <= at) {
      touch(nextUser);
      nextUser = arrival(nextUser);
    }
    return touch(at);
  }

  private Reply touch(long at) {
    Reply reply = answered(at);
    return reply.at >= busyUntil
        ? reply
        : new Reply(reply.said, reply.ttl, reply.errors, busyUntil);
  }

  /// Who asks during a fetch is answered after it.
  private Reply answered(long at) {
    Fetch due = pending;
    if (due != null && due.placed <= at) {
      place(due);
      pending = null;
    }
    Said held = value;
    if (held != null && alive(at)) {
      return fromEntry(held, at);
    }
    return switch (setup.manner) {
      case HONEST, REFETCHING, FROZEN -> fetched(at);
      case STALE_FIRST -> held == null ? fetched(at) : staleFirst(held, at);
      case STALE_ON_FAILURE, SILENTLY_STALE -> held == null ? fetched(at) : onFailure(held, at);
      case SLOW_TO_RECOVER -> at < downUntil ? failed(at) : fetched(at);
    };
  }

  private boolean alive(long at) {
    if (setup.manner == Manner.REFETCHING) {
      return whole(at) < second + 5;
    }
    return whole(at) < second + ttl + setup.lag && ttl > 0;
  }

  private Reply fromEntry(Said held, long at) {
    int left = (int) Math.min(ttl, second + ttl - whole(Math.max(at, busyUntil)));
    double remaining = second + ttl + setup.lag - local(at);
    double window = Math.max(setup.windowPart * ttl, ttl < 9 ? 0 : setup.windowSeconds);
    if (pending == null && remaining <= window && !authority.dead(at)) {
      pending = fetch(at);
    }
    if (setup.manner == Manner.FROZEN) {
      return new Reply(held, Math.min(10, Math.max(left, 1)), Set.of(), at);
    }
    return new Reply(held, Math.max(left, 0), Set.of(), at);
  }

  private Fetch fetch(long at) {
    long trip = (long) ((0.001 + random.nextDouble() * 0.03) * SECOND);
    return new Fetch(at + trip / 2, at + trip, authority.any(at + trip / 2, random));
  }

  private void place(Fetch fetch) {
    if (!fetch.said.value()) {
      return;
    }
    fetches.add(fetch);
    value = fetch.said;
    int published = authority.ttl(fetch.said);
    ttl = Math.min(Math.max(published, setup.floor), setup.ceiling);
    second = whole(fetch.placed);
    failingSince = -1;
  }

  private Reply fetched(long at) {
    Fetch fetch = fetch(at);
    if (!fetch.said.value()) {
      if (failingSince < 0) {
        failingSince = at;
      } else if (at - failingSince > 120 * SECOND) {
        downUntil = failingSince + 900 * SECOND;
      }
      return failed(at);
    }
    place(fetch);
    busyUntil = fetch.placed;
    int shown = setup.manner == Manner.FROZEN ? authority.ttl(fetch.said) : ttl;
    return new Reply(fetch.said, shown, Set.of(), fetch.placed);
  }

  private static Reply failed(long at) {
    return new Reply(Said.FAILED, 0, Set.of(), at);
  }

  private Reply staleFirst(Said held, long at) {
    if (pending == null) {
      pending = fetch(at);
      if (!pending.said.value()) {
        pending = null;
      }
    }
    return new Reply(held, 30, Set.of(3), at);
  }

  private Reply onFailure(Said held, long at) {
    if (setup.manner == Manner.SILENTLY_STALE ? whole(at) < staleUntil : at < staleUntil) {
      return stale(held, at);
    }
    Fetch fetch = fetch(at);
    if (fetch.said.value()) {
      place(fetch);
      busyUntil = fetch.placed;
      return new Reply(fetch.said, ttl, Set.of(), fetch.placed);
    }
    staleUntil = setup.manner == Manner.SILENTLY_STALE ? whole(at) + 5 : at + 30 * SECOND;
    return stale(held, at);
  }

  private Reply stale(Said held, long at) {
    return setup.manner == Manner.SILENTLY_STALE
        ? new Reply(held, (int) (staleUntil - whole(at)), Set.of(), at)
        : new Reply(held, 30, Set.of(3), at);
  }

  /// The fetch since which it holds the new value; null if it does not.
  @Nullable Fetch flip() {
    Fetch flip = null;
    for (Fetch fetch : fetches) {
      flip = fetch.said == Said.OLD ? null : flip == null ? fetch : flip;
    }
    return flip;
  }

  /// When it could last have given the old value.
  long lastOld() {
    long last = Long.MIN_VALUE;
    for (int i = 0; i < fetches.size(); i++) {
      if (fetches.get(i).said == Said.OLD) {
        long end = fetches.get(i).placed + (authority.ttl().old() + 1) * SECOND;
        last = i + 1 < fetches.size() ? Math.min(end, fetches.get(i + 1).placed) : end;
      }
    }
    return last;
  }
}
