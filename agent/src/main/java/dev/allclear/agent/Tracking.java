package dev.allclear.agent;

import dev.allclear.agent.config.DnsSettings;
import dev.allclear.agent.config.ServiceSettings;
import dev.allclear.agent.config.Settings;
import dev.allclear.agent.metrics.Metrics;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.propagation.Listener;
import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.agent.propagation.Tracker;
import dev.allclear.agent.propagation.Ttls;
import dev.allclear.agent.web.DnsClaim;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Probe;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Lookup;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.dns.Surveyor;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.wire.Wire;
import java.lang.System.Logger.Level;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Follows the names that services require through every change, and records what comes to light
/// for each of these services, in its order and on a thread of its own.
final class Tracking implements Listener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Tracking.class.getName());
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /// A name, and who requires it.
  private record Required(String name, DnsSettings settings, Map<Cell, Rto> cells) {
    /// What its events are about: of several types each for itself.
    String subject(Question question) {
      return settings.questions().size() == 1 ? name : name + " " + question.type();
    }
  }

  private final Wire wire;
  private final Clock clock;
  private final Recorder recorder;
  private final Metrics metrics;
  private final Resume resume;
  private final Consumer<Runnable> guard;
  private final Map<String, Required> names;
  private final Map<Subject, Required> requiring = new ConcurrentHashMap<>();
  private final Map<String, Subject> subjects = new ConcurrentHashMap<>();
  private final Map<Subject, Ttls> ttls = new ConcurrentHashMap<>();
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("tracking").factory());
  private final ExecutorService finders =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("authorities-", 0).factory());

  /// What was claimed last of each name.
  private final Map<String, DnsClaim> claims = new ConcurrentHashMap<>();

  private final Set<Subject> untold = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final RandomGenerator random;
  private volatile @Nullable Tracker tracker;

  /// Nothing is asked before it begins. `guard` runs what must not fail.
  Tracking(
      Settings settings,
      Wire wire,
      Recorder recorder,
      Metrics metrics,
      Resume resume,
      RandomGenerator random,
      Consumer<Runnable> guard) {
    this.wire = wire;
    this.clock = wire.clock();
    this.recorder = recorder;
    this.metrics = metrics;
    this.resume = resume;
    this.guard = guard;
    this.names = required(settings);
    this.random = random;
  }

  private static Map<String, Required> required(Settings settings) {
    Map<String, Required> names = new LinkedHashMap<>();
    for (ServiceSettings service : settings.services()) {
      for (String name : service.verify().dns().keySet()) {
        DnsSettings dns = Objects.requireNonNull(settings.dns().get(name));
        if (dns.asked().knows()) {
          Map<Cell, Rto> cells =
              names.computeIfAbsent(name, _ -> new Required(name, dns, new TreeMap<>())).cells();
          service.cells().forEach(cell -> cells.put(cell, service.policy().rto()));
        }
      }
    }
    return names;
  }

  /// What stands for a lookup in the schedule; null if nobody can tell when the name changes.
  @Nullable Probe probe(String name, DnsSettings settings, Set<String> resolvers) {
    return settings.asked().knows()
        ? new Convergence(name, settings, resolvers, question -> standing(name, question), clock)
        : null;
  }

  private @Nullable Standing standing(String name, Question question) {
    Required required = names.get(name);
    Subject subject = required == null ? null : subjects.get(required.subject(question));
    Tracker running = tracker;
    return subject == null || running == null ? null : running.standing(subject);
  }

  /// Everything that is followed, as it is known now.
  List<Standing> standings() {
    Tracker running = tracker;
    return running == null
        ? List.of()
        : subjects.values().stream()
            .map(running::standing)
            .filter(Objects::nonNull)
            .sorted(Comparator.comparing((Standing each) -> each.subject().name()))
            .toList();
  }

  /// Begins to ask.
  void begin() {
    Duration timeout =
        names.values().stream()
            .map(each -> each.settings().timeout())
            .max(Comparator.naturalOrder())
            .orElse(PATIENCE);
    tracker = Tracker.start(List.of(), new Lookup(timeout, wire), clock, random, this);
    for (Required required : names.values()) {
      required.cells().keySet().forEach(cell -> metrics.tracked(cell, required.name()));
      if (required.settings().asked().walkAt() == 0) {
        follow(required, required.settings().asked().authorities());
      } else {
        finders.execute(() -> find(required));
      }
    }
  }

  /// Until they are found: the network may not be there yet.
  private void find(Required required) {
    DnsSettings.Asked asked = required.settings().asked();
    Surveyor surveyor =
        new Surveyor(asked.resolvers(), List.of(), required.settings().timeout(), wire);
    List<Server> found = List.of();
    while (found.isEmpty() && !Thread.currentThread().isInterrupted()) {
      try {
        found = surveyor.authorities(required.name(), asked.walkAt());
      } catch (UnknownHostException _) {
        // Said by the lookup, which stays inconclusive.
      }
      if (found.isEmpty() && isClosedWithin(AGAIN)) {
        return;
      }
    }
    if (!found.isEmpty()) {
      follow(required, found);
    }
  }

  private boolean isClosedWithin(Duration length) {
    try {
      return closed.await(length.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void follow(Required required, List<Server> authorities) {
    DnsSettings settings = required.settings();
    for (Question question : settings.questions()) {
      String name = required.subject(question);
      Subject subject =
          Subject.lasting(
              name,
              question,
              settings.wanted(question),
              authorities,
              settings.asked().resolvers(),
              settings.asked().weights(),
              settings.every());
      requiring.put(subject, required);
      ttls.put(subject, new Ttls(resume.ttls(required.cells().keySet(), name)));
      subjects.put(name, subject);
      Tracker running = Objects.requireNonNull(tracker);
      running.follow(subject, resume.past(required.cells().keySet(), name));
      alert(running, subject, required);
      claimed(required, name).ifPresent(at -> running.claim(subject, at));
    }
  }

  /// Also what was claimed before it was followed.
  private Optional<Moment> claimed(Required required, String subject) {
    DnsClaim claim = claims.get(required.name());
    return claim == null
        ? resume.claimed(required.cells().keySet(), subject)
        : Optional.of(moment(claim));
  }

  private Moment moment(DnsClaim claim) {
    Moment now = clock.now();
    return now.minus(Duration.between(claim.at(), now.wall()));
  }

  /// The names that are followed.
  Set<String> names() {
    return names.keySet();
  }

  /// Writes it down, and only then has it watched for. Once more, word for word, it is nothing new.
  synchronized void claim(DnsClaim claim) {
    Required required = Objects.requireNonNull(names.get(claim.name()));
    if (claim.equals(claims.get(claim.name()))) {
      return;
    }
    AtomicBoolean written = new AtomicBoolean();
    guard.accept(() -> {
      write(required, claim);
      written.set(true);
    });
    if (!written.get()) {
      throw new IllegalStateException("the claim cannot be written down");
    }
    claims.put(claim.name(), claim);
    Tracker running = tracker;
    if (running != null) {
      requiring.forEach((subject, each) -> {
        if (each.name().equals(claim.name())) {
          running.claim(subject, moment(claim));
        }
      });
    }
  }

  private void write(Required required, DnsClaim claim) {
    Moment now = clock.now();
    for (Question question : required.settings().questions()) {
      String subject = required.subject(question);
      record(required, new Event.DnsClaimed(now, subject, moment(claim), claim.actor()));
    }
  }

  /// While a service that requires it is not well, a name is watched closely.
  private void alert(Tracker running, Subject subject, Required required) {
    running.alert(
        subject,
        required.cells().keySet().stream()
            .anyMatch(cell -> recorder.health(cell).incident() != null));
  }

  /// After something has happened to a cell.
  void happened(Health health) {
    Tracker running = tracker;
    if (running == null) {
      return;
    }
    requiring.forEach((subject, required) -> {
      if (required.cells().containsKey(health.cell())) {
        alert(running, subject, required);
      }
    });
  }

  @Override
  public void heard(Subject subject, News news, @Nullable Spread spread) {
    List<Event> events = new NewsEvents(subject.name(), clock.now()).of(news, spread);
    write(subject, required -> events.forEach(event -> record(required, event)));
  }

  @Override
  public void asked(Standing standing, StepRun step) {
    Moment now = clock.now();
    write(standing.subject(), required -> learn(required, standing, step, now));
  }

  /// Said once of each.
  private void warn(Standing standing) {
    String alias = standing.alias();
    if (alias != null && untold.add(standing.subject())) {
      LOG.log(Level.WARNING, Convergence.untold(standing.subject().question(), alias));
    }
  }

  private void learn(Required required, Standing standing, StepRun step, Moment now) {
    warn(standing);
    Subject subject = standing.subject();
    Ttls before = Objects.requireNonNull(ttls.get(subject));
    Ttls after = before.with(standing, now);
    ttls.put(subject, after);
    after
        .since(before)
        .forEach((link, ttl) -> record(required, new Event.DnsTtl(now, subject.name(), link, ttl)));
    required
        .cells()
        .forEach((cell, rto) -> {
          metrics.dns(cell, standing, step, now);
          metrics.ttl(cell, subject.name(), after.longest());
          metrics.objective(cell, subject.name(), after.objective(standing, rto.target(), now));
        });
  }

  private void record(Required required, Event event) {
    required.cells().keySet().forEach(cell -> recorder.happened(cell, event));
  }

  private void write(Subject subject, Consumer<Required> work) {
    Required required = requiring.get(subject);
    if (required != null) {
      writer.execute(() -> guard.accept(() -> work.accept(required)));
    }
  }

  /// What was heard is written down first.
  @Override
  public void close() {
    closed.countDown();
    finders.shutdownNow();
    finders.close();
    Tracker running = tracker;
    if (running != null) {
      running.close();
    }
    writer.close();
  }
}
