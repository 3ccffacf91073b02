package dev.allclear.probes.journey;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// What the steps of one run share and no other run sees: connections, cookies, variables, secrets.
/// Used on the run's thread.
final class Session implements AutoCloseable {

  /// One client: what a link needs for http or for https.
  private record Line(Link link, boolean secure) {}

  /// One way to look hosts up: connections are shared only by links that have the same.
  private record Way(Addresses addresses, @Nullable String target) {}

  private final Clock clock;
  private final Addresses addresses;
  private final boolean plain;
  private final ConnectionPool connections = new ConnectionPool();
  private final Intake intake;
  private final Cookies cookies;
  private final Map<Line, OkHttpClient> clients = new ConcurrentHashMap<>();
  private final Map<Way, Lookup> lookups = new ConcurrentHashMap<>();
  private final Values values;
  private final Mask mask;
  private final Trace trace;
  private final boolean evidenceOfAll;
  private final Queue<StepRun> notes;
  private volatile Moment deadline;

  Session(Journey journey, Clock clock, Addresses addresses, boolean evidenceOfAll) {
    this.evidenceOfAll = evidenceOfAll;
    this.clock = clock;
    this.addresses = addresses;
    deadline = clock.now();
    intake = new Intake(clock);
    mask = new Mask(journey.redact());
    cookies = new Cookies(clock, mask);
    values = new Values(clock, new SplittableRandom(new SecureRandom().nextLong()), mask);
    values.read(journey.templates());
    trace = Trace.start();
    notes = new ConcurrentLinkedQueue<>();
    plain = journey.allSteps().allMatch(Session::isPlain);
    journey.allSteps().forEach(this::prepare);
    journey.vars().forEach(var -> values.define(var.name(), var.value(), var.secret()));
  }

  private Session(Session origin) {
    evidenceOfAll = origin.evidenceOfAll;
    clock = origin.clock;
    addresses = origin.addresses;
    deadline = origin.deadline;
    plain = origin.plain;
    intake = new Intake(clock);
    cookies = origin.cookies.copy();
    values = origin.values.copy();
    mask = origin.mask;
    trace = origin.trace;
    notes = origin.notes;
  }

  /// For what another thread does at the same time: it begins with the cookies and variables that
  /// are known now, on connections of its own.
  Session fork() {
    return new Session(this);
  }

  /// True if the step can only ever ask for http.
  private static boolean isPlain(Step step) {
    return step.action().head().urls().allMatch(Session::isPlain)
        && step.link().redirects().most() == 0;
  }

  private static boolean isPlain(Template url) {
    return url.beginsWith("http://") || url.beginsWith("ws://");
  }

  private void prepare(Step step) {
    HttpProxy proxy = step.link().proxy();
    if (proxy != null && proxy.login() != null) {
      mask.hide(proxy.login().password());
    }
    Head head = step.action().head();
    Link link = step.action() instanceof Action.Socket ? Dialogue.link(step) : step.link();
    var _ = client(link, !isPlain(head.url()));
    head.auth().urls().forEach(url -> client(step.link().elsewhere(), !isPlain(url)));
  }

  Clock clock() {
    return clock;
  }

  /// For requests to http or https URLs.
  OkHttpClient client(Link link, boolean secure) {
    return clients.computeIfAbsent(new Line(link, secure), this::connect);
  }

  /// What the network may bring.
  Intake intake() {
    return intake;
  }

  /// Lookups end by then.
  void endBy(Moment moment) {
    deadline = moment;
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

  private OkHttpClient connect(Line line) {
    Link link = line.link();
    return Clients.of(link, plain)
        .protocols(Clients.protocols(link.http(), line.secure()))
        .socketFactory(new Sockets(intake))
        .dns(lookup(link))
        .cookieJar(cookies)
        .connectionPool(connections)
        .build();
  }

  private Lookup lookup(Link link) {
    Target target = link.target();
    Way way =
        new Way(
            link.addresses() == null ? addresses : link.addresses(),
            target == null ? null : target.host());
    return lookups.computeIfAbsent(
        way, _ -> new Lookup(way.addresses(), way.target(), clock, () -> deadline));
  }
}
