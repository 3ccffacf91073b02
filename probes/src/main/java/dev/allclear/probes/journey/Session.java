package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.http.Carrier;
import dev.allclear.probes.http.Client;
import dev.allclear.probes.http.Link;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the steps of one run share and no other run sees: the client, variables, secrets. Used on
/// the run's thread.
final class Session implements AutoCloseable {

  private final Clock clock;
  private final Client client;
  private final Values values;
  private final Mask mask;
  private final Queue<StepRun> notes;

  /// `random` decides what the journey leaves to chance.
  Session(
      Journey journey,
      Clock clock,
      Addresses addresses,
      RandomGenerator random,
      boolean evidenceOfAll,
      @Nullable Carrier carrier) {
    this.clock = clock;
    mask = new Mask(journey.redact());
    client = new Client(clock, addresses, mask, evidenceOfAll, carrier);
    values = new Values(clock, random, mask);
    values.read(journey.templates());
    notes = new ConcurrentLinkedQueue<>();
    journey.allSteps().forEach(this::prepare);
    journey.vars().forEach(var -> values.define(var.name(), var.value(), var.secret()));
  }

  private Session(Session origin) {
    clock = origin.clock;
    client = origin.client.fork();
    values = origin.values.copy();
    mask = origin.mask;
    notes = origin.notes;
  }

  /// For what another thread does at the same time: it begins with the cookies and variables that
  /// are known now, on connections of its own.
  Session fork() {
    return new Session(this);
  }

  private void prepare(Step step) {
    Head head = step.action().head();
    Link link = step.action() instanceof Action.Socket ? step.link().upgradable() : step.link();
    client.prepare(link, !isPlain(head.url()));
    if (link.redirects().most() > 0) {
      client.prepare(link, true);
    }
    head.auth().urls().forEach(url -> client.prepare(step.link().elsewhere(), !isPlain(url)));
  }

  /// True if it can only ever be http.
  private static boolean isPlain(Template url) {
    return url.beginsWith("http://") || url.beginsWith("ws://");
  }

  Clock clock() {
    return clock;
  }

  Client client() {
    return client;
  }

  Values values() {
    return values;
  }

  Mask mask() {
    return mask;
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
    client.close();
  }
}
