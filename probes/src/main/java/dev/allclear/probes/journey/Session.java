package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
  private final Trace trace = Trace.start();
  private final boolean evidenceOfAll;
  private final Queue<StepRun> notes = new ConcurrentLinkedQueue<>();

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

  Trace trace() {
    return trace;
  }

  /// True if evidence is wanted of steps that pass, too.
  boolean evidenceOfAll() {
    return evidenceOfAll;
  }

  /// Something that was done for a step, to be shown before it.
  void note(StepRun run) {
    notes.add(run);
  }

  List<StepRun> takeNotes() {
    List<StepRun> taken = new ArrayList<>();
    for (StepRun note = notes.poll(); note != null; note = notes.poll()) {
      taken.add(note);
    }
    return taken;
  }

  @Override
  public void close() {
    connections.evictAll();
  }
}
