package dev.allclear.agent;

import dev.allclear.agent.config.ServiceSettings;
import dev.allclear.agent.config.ServiceSettings.Detect;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.metrics.Metrics;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Change;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.State;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.recovery.Expected;
import dev.allclear.agent.recovery.Measures;
import dev.allclear.agent.schedule.Ask;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Run;
import dev.allclear.agent.schedule.Scheduler;
import dev.allclear.agent.schedule.Threads;
import dev.allclear.agent.sight.Beat;
import dev.allclear.agent.sight.Lookout;
import dev.allclear.agent.sight.Witness;
import dev.allclear.agent.tripwire.Tripwires;
import dev.allclear.agent.web.Content;
import dev.allclear.agent.web.Intake;
import dev.allclear.agent.web.Sources;
import dev.allclear.agent.web.WebServer;
import dev.allclear.agent.yaml.HostPort;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.wire.Wire;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A running agent: its checks scheduled, their runs folded, recorded and shown. Takes up the
/// outages that the ledger left open.
public final class Agent implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Agent.class.getName());
  private static final Duration PULSE = Duration.ofSeconds(5);

  private final Settings settings;
  private final Clock clock;
  private final Wire wire;
  private final Metrics metrics;
  private final Recorder recorder;
  private final ClaimDesk desk;
  private final Scheduler scheduler;
  private final Eyes eyes;
  private final Lookout lookout;
  private final ScheduledThreadPoolExecutor timer;
  private final ExecutorService runners;
  private final CompletableFuture<Void> failed = new CompletableFuture<>();
  private final Suspicions suspicions;
  private final Tripwires tripwires;
  private final Set<Check> notYetRun = ConcurrentHashMap.newKeySet();
  private final RandomGenerator random;
  private @Nullable Tracking tracking;
  private @Nullable WebServer server;

  private Agent(
      Settings settings,
      Clock clock,
      Ledger ledger,
      RandomGenerator random,
      List<Listener> listeners) {
    this.settings = settings;
    this.clock = clock;
    this.wire = Wire.open(clock);
    this.metrics = new Metrics(vantage(settings), Version.current());
    this.random = random;
    this.suspicions = new Suspicions(ledger);
    List<Listener> all = new ArrayList<>(listeners);
    all.add(
        new Listener() {
          @Override
          public void happened(Change change, Health health) {
            watchClosely(health);
          }
        });
    all.add(new MetricsListener(metrics, this::last, this::measure));
    all.add(suspicions);
    this.recorder = new Recorder(clock, ledger, all);
    this.desk = new ClaimDesk(recorder, ledger, this::orFail);
    this.timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("allclear-timer").factory());
    this.runners =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("probe-", 0).factory());
    this.scheduler =
        new Scheduler(
            clock,
            this::after,
            new Threads(clock, runners),
            random,
            recorder::health,
            this::accept);
    this.tripwires = new Tripwires(wire, random, new Tripping(scheduler, recorder, metrics));
    this.eyes = new Eyes(clock, recorder, metrics::witness, this::orFail);
    this.lookout =
        new Lookout(
            settings.control().stream().map(control -> Witness.of(control, wire)).toList(),
            clock,
            this::after,
            runners,
            eyes);
  }

  /// Starts to serve and to probe. The ledger stays the caller's to close, after this agent.
  ///
  /// @throws IOException if the address to serve on cannot be had, with what to do about it
  public static Agent start(
      Settings settings,
      Clock clock,
      Ledger ledger,
      RandomGenerator random,
      List<Listener> listeners)
      throws IOException {
    Agent agent = new Agent(settings, clock, ledger, random, listeners);
    try {
      agent.start(Resume.from(ledger));
      return agent;
    } catch (IOException | RuntimeException e) {
      agent.end();
      throw e;
    }
  }

  private void start(Resume resume) throws IOException {
    recorder.remember(resume.changes());
    metrics.restored(resume.changes());
    recorder.last().forEach(this::measure);
    Tracking followed =
        new Tracking(settings, wire, recorder, metrics, resume, random, this::orFail);
    tracking = followed;
    Map<Check, ServiceSettings> checks = new Checks(settings, wire, followed::probe).all();
    Map<Cell, List<Check>> cells =
        checks.keySet().stream()
            .collect(Collectors.groupingBy(Check::cell, TreeMap::new, Collectors.toList()));
    Map<Cell, Rto> objectives = new TreeMap<>();
    checks.forEach((check, service) -> objectives.put(check.cell(), service.policy().rto()));
    cells.forEach(
        (cell, required) -> watch(cell, required, checks.get(required.getFirst()), resume));
    notYetRun.addAll(checks.keySet());
    Outcome _ = Warmup.run(clock);
    Outcome _ = Warmup.run(wire);
    serve(objectives, followed);
    // Not before it can start: what restarts it every few seconds must not fill the ledger.
    Moment now = clock.now();
    resume.blind(now).ifPresent(this::nobodyLooked);
    resume.clockSet(now).ifPresent(eyes::tell);
    recorder.depend(Dependencies.of(settings.services()));
    followed.begin();
    lookout.start();
    checks.forEach((check, service) -> scheduler.add(check, service.policy()));
    checks.forEach(this::holdFor);
    tripwires.start();
    keepPulse();
  }

  private void after(Duration delay, Runnable task) {
    Future<?> _ = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// On a thread that may block, unlike the timer's.
  private void keepPulse() {
    Runnable beat = () -> runners.execute(this::pulse);
    Future<?> _ = timer.scheduleAtFixedRate(beat, 0, PULSE.toMillis(), TimeUnit.MILLISECONDS);
    Runnable blink = () -> runners.execute(() -> orFail(eyes::blink));
    long every = Beat.EVERY.toMillis();
    Future<?> _ = timer.scheduleWithFixedDelay(blink, every, every, TimeUnit.MILLISECONDS);
  }

  private void watch(
      Cell cell, List<Check> required, @Nullable ServiceSettings service, Resume resume) {
    if (service == null) {
      return;
    }
    Map<String, Depth> depths =
        required.stream()
            .collect(
                Collectors.toMap(check -> check.probe().name(), check -> check.probe().depth()));
    Policy policy = service.policy();
    Health known = resume.health(Health.unknown(cell, policy.degradation().required(depths)));
    Health health = settings.control().isEmpty() ? known : known.witnessed(clock.now());
    metrics.watched(cell, policy.rto());
    recorder.watch(health, new Outage(policy));
    suspicions.watch(cell, policy);
    metrics.health(health);
  }

  /// Of what was never seen nothing is missed.
  private void nobodyLooked(Event.Blind blind) {
    for (Health health : recorder.healths()) {
      if (!(health.state() instanceof State.Unknown)) {
        recorder.happened(health.cell(), health.blindBefore(blind));
      }
    }
  }

  private void serve(Map<Cell, Rto> objectives, Tracking followed) throws IOException {
    HostPort listen = settings.agent().listen();
    if (listen == null) {
      return;
    }
    Sources sources =
        new Sources(
            vantage(),
            Version.current(),
            clock,
            clock.now(),
            objectives,
            recorder::healths,
            recorder::incidents,
            recorder::failed,
            this::expected,
            this::followed,
            scheduler::rests,
            new Intake(
                followed.names(),
                followed::claim,
                desk::hear,
                settings.agent().claimsToken(),
                settings.webhooks()),
            notYetRun::isEmpty,
            this::scrape);
    InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
    server = WebServer.start(address, sources);
    if (settings.agent().claimsToken() == null && !address.getAddress().isLoopbackAddress()) {
      LOG.log(
          Level.WARNING,
          "whoever reaches %s may claim what happened; set `agent.claims-token`".formatted(listen));
    }
  }

  /// Nothing of a service that is in the ledger only.
  private Expected expected(String service) {
    return settings.services().stream()
        .filter(each -> each.name().equals(service))
        .map(ServiceSettings::expected)
        .findFirst()
        .orElse(Expected.NOTHING);
  }

  private List<Standing> followed() {
    Tracking running = tracking;
    return running == null ? List.of() : running.standings();
  }

  private Optional<Incident> last(Cell cell) {
    return recorder.last(cell);
  }

  private void measure(Incident incident) {
    Moment now = clock.now();
    Expected expected = expected(incident.cell().service());
    metrics.measured(incident, Measures.of(incident, expected, recorder.incidents(), now), now);
  }

  private Content scrape(String accept) {
    metrics.resting(scheduler.rests());
    recorder.last().stream().filter(Incident::isOpen).forEach(this::measure);
    String type = Metrics.contentType(accept);
    return new Content(type, metrics.scrape(type));
  }

  public Vantage vantage() {
    return vantage(settings);
  }

  private static Vantage vantage(Settings settings) {
    return new Vantage(settings.agent().id(), settings.agent().region());
  }

  /// `HOST:PORT` that it serves on, or `nowhere`.
  public String address() {
    HostPort listen = settings.agent().listen();
    return listen == null || server == null
        ? "nowhere"
        : new HostPort(listen.host(), server.port()).toString();
  }

  /// Completes exceptionally when the agent can no longer record what it sees.
  public CompletableFuture<Void> failed() {
    return failed;
  }

  private void watchClosely(Health health) {
    Tracking followed = tracking;
    if (followed != null) {
      followed.happened(health);
    }
  }

  private void holdFor(Check check, ServiceSettings service) {
    Detect detect = service.detect();
    if (detect != null && detect.tripwire().on() && check.probe().depth() == Depth.SHALLOW) {
      tripwires.add(check, withinBudget(check, detect.tripwire().ping()));
    }
  }

  /// Half of a budget is the runs'.
  private static @Nullable Duration withinBudget(Check check, @Nullable Duration ping) {
    if (ping == null) {
      return null;
    }
    double perSecond =
        check.asks().stream().mapToDouble(Ask::perSecond).min().orElse(Double.MAX_VALUE);
    Duration least = Duration.ofNanos((long) (2e9 / perSecond));
    return ping.compareTo(least) < 0 ? least : ping;
  }

  private void accept(Run run) {
    orFail(() -> {
      eyes.blink();
      tripwires.told(run).forEach(recorder::accept);
    });
    tripwires.seen(run);
    notYetRun.remove(run.check());
    if (recorder.health(run.check().cell()).wantsWitness()) {
      lookout.hurry();
    }
  }

  private void pulse() {
    orFail(recorder::pulse);
    orFail(suspicions::write);
  }

  /// An agent that cannot write its ledger must not go on as if it had.
  private void orFail(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      scheduler.stop();
      failed.completeExceptionally(e);
    }
  }

  /// Runs under way are interrupted and count for nothing. No thread of this agent is left, so the
  /// ledger may be closed.
  @Override
  public void close() {
    end();
    if (!failed.isCompletedExceptionally()) {
      pulse();
    }
  }

  /// Without a pulse: an agent that did not start has not looked.
  private void end() {
    scheduler.stop();
    lookout.stop();
    timer.shutdownNow();
    timer.close();
    tripwires.close();
    runners.shutdownNow();
    runners.close();
    if (tracking != null) {
      tracking.close();
    }
    wire.close();
    if (server != null) {
      server.close();
    }
    metrics.close();
  }
}
