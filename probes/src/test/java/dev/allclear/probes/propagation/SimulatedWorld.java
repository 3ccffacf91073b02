package dev.allclear.probes.propagation;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// One change of one name as the real schedule sees it, on a fake clock: a baseline, the change,
/// and questions until the schedule asks none.
final class SimulatedWorld {
  private static final long SECOND = SimulatedCache.SECOND;

  /// An address, the caches behind it, and what was seen of it.
  static final class Address {
    final String kind;
    final List<SimulatedCache> caches;
    Endpoint endpoint;
    int asked;
    boolean done;
    private long next;

    Address(String kind, List<SimulatedCache> caches) {
      this.kind = kind;
      this.caches = caches;
      this.endpoint = Endpoint.of(kind, "app A", 0);
    }
  }

  final Random random;
  final SimulatedAuthority authority;
  final List<Address> addresses;
  final double loss;
  final long start;
  Authorities authorities;

  /// Nothing was learned before the change.
  boolean cold;

  long seed;
  @Nullable Eta eta;
  private final long last;
  private final long lag;
  final StringBuilder log = new StringBuilder();

  SimulatedWorld(
      Random random,
      SimulatedAuthority authority,
      List<Address> addresses,
      double loss,
      long start,
      long last) {
    this.random = random;
    this.authority = authority;
    this.addresses = addresses;
    this.loss = loss;
    this.start = start;
    this.last = last;
    this.lag = Collections.max(authority.flips()) - start > SECOND ? 15 * SECOND : SECOND;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < authority.flips().size(); i++) {
      names.add("ns" + i);
    }
    this.authorities = Authorities.of(names);
  }

  static Moment moment(long nanos) {
    return new Moment(Instant.EPOCH.plusNanos(nanos), nanos, 1);
  }

  /// Sparse questions before the change, and one burst that counts the caches.
  void learn(long from, boolean burst) {
    Published published = Published.of(authority.ttl().old());
    for (Address address : addresses) {
      long now = from + (long) (random.nextDouble() * 5 * SECOND);
      for (int i = 0; burst && i < 30 && now < start; i++) {
        ask(address, now);
        now += SECOND * 4 / 10;
      }
      while (true) {
        Query query = Plan.baseline(address.endpoint, published, moment(now), random.nextDouble());
        if (query.at().nanos() >= start) {
          break;
        }
        ask(address, query.at().nanos());
        now = address.endpoint.whole().seen().getLast().received().nanos();
      }
      address.asked = 0;
    }
  }

  Published published() {
    Published told = authorities.published();
    return new Published(authority.ttl().old(), told.fresh());
  }

  Event event() {
    Bounds everywhere = authorities.everywhere();
    return new Event(
        moment(start),
        authorities.since(),
        everywhere == null ? null : everywhere.latest(),
        published(),
        false);
  }

  List<Outage> outages() {
    return authority.deadTo() == 0
        ? List.of()
        : List.of(new Outage(moment(authority.deadFrom()), moment(authority.deadTo())));
  }

  void change() {
    long[] nextAuthority = new long[authority.flips().size()];
    Arrays.fill(nextAuthority, start);
    addresses.forEach(address -> address.next = plan(address, start));
    while (true) {
      Address first = null;
      for (Address address : addresses) {
        first = first == null || address.next < first.next ? address : first;
      }
      int server = 0;
      for (int i = 1; i < nextAuthority.length; i++) {
        server = nextAuthority[i] < nextAuthority[server] ? i : server;
      }
      long at = Math.min(first == null ? Long.MAX_VALUE : first.next, nextAuthority[server]);
      if (at > last) {
        break;
      }
      if (nextAuthority[server] == at) {
        nextAuthority[server] = askAuthority(server, at);
        if (authorities.everywhere() != null) {
          addresses.forEach(address -> address.next = plan(address, at));
        }
      } else if (first != null) {
        ask(first, at);
        first.next = plan(first, first.endpoint.whole().seen().getLast().received().nanos());
        publish();
      }
    }
  }

  private void publish() {
    boolean all =
        addresses.stream()
            .allMatch(address -> {
              List<Sighting> seen = address.endpoint.whole().seen();
              return address.asked > 0 && seen.getLast().said().value();
            });
    if (eta == null && all) {
      eta =
          Eta.of(
              addresses.stream().map(address -> address.endpoint).toList(),
              event(),
              Duration.ofNanos(lag));
    }
  }

  private long plan(Address address, long now) {
    Query query = Plan.next(address.endpoint, event());
    address.done = query == null;
    return query == null ? Long.MAX_VALUE : Math.max(now, query.at().nanos());
  }

  private long askAuthority(int server, long at) {
    long trip = trip();
    boolean lost = random.nextDouble() < loss;
    Said said = lost ? Said.SILENT : authority.says(server, at + trip / 2);
    long received = said == Said.SILENT ? at + SECOND / 4 : at + trip;
    Sighting look =
        said.value()
            ? Sighting.of(moment(at), moment(received), said, authority.ttl(said))
            : Sighting.without(moment(at), moment(received), said);
    String name = "ns" + server;
    authorities = authorities.with(name, look);
    Query next = Plan.authority(Objects.requireNonNull(authorities.servers().get(name)), event());
    return next == null ? Long.MAX_VALUE : next.at().nanos();
  }

  private long trip() {
    return (long) ((random.nextInt(20) == 0 ? 0.2 : 0.02) * random.nextDouble() * SECOND) + 100_000;
  }

  private void ask(Address address, long at) {
    address.asked++;
    long up = trip();
    SimulatedCache cache = address.caches.get(random.nextInt(address.caches.size()));
    Sighting look;
    if (random.nextDouble() < loss) {
      look = Sighting.without(moment(at), moment(at + SECOND), Said.SILENT);
    } else {
      SimulatedCache.Reply reply = cache.ask(at + up);
      look =
          new Sighting(
              moment(at),
              moment(reply.at() + trip()),
              reply.said(),
              reply.ttl(),
              false,
              reply.errors(),
              cache.setup.nsid());
    }
    if (at >= start) {
      log.append(
          "  %s +%.3f..%.3f %s n=%d %s %s%n"
              .formatted(
                  address.kind,
                  (at - start) / 1e9,
                  (look.received().nanos() - start) / 1e9,
                  look.said(),
                  look.ttl(),
                  look.errors(),
                  look.nsid()));
    }
    address.endpoint = address.endpoint.with(look);
  }
}
