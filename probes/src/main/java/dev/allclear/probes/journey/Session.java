package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Values;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/// What the steps of one run share and no other run sees: connections, cookies, variables, secrets.
/// Used on the run's thread.
final class Session implements AutoCloseable {

  private final Clock clock;
  private final Lookup lookup;
  private final ConnectionPool connections = new ConnectionPool();
  private final OkHttpClient client;
  private final Values values = new Values();
  private final Mask mask = new Mask();
  private final boolean evidenceOfAll;

  Session(Journey journey, Clock clock, Addresses addresses, boolean evidenceOfAll) {
    this.evidenceOfAll = evidenceOfAll;
    this.clock = clock;
    lookup = new Lookup(addresses, clock);
    client =
        Clients.of(journey)
            .newBuilder()
            .dns(lookup)
            .cookieJar(new Cookies(clock))
            .connectionPool(connections)
            .build();
    journey
        .allSteps()
        .flatMap(Step::templates)
        .flatMap(template -> template.secrets().stream())
        .forEach(mask::hide);
  }

  Clock clock() {
    return clock;
  }

  Lookup lookup() {
    return lookup;
  }

  OkHttpClient client() {
    return client;
  }

  Values values() {
    return values;
  }

  Mask mask() {
    return mask;
  }

  /// True if evidence is wanted of steps that pass, too.
  boolean evidenceOfAll() {
    return evidenceOfAll;
  }

  @Override
  public void close() {
    connections.evictAll();
  }
}
