package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Standing;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.agent.propagation.Tracker;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Lookup;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Flip;
import dev.allclear.probes.propagation.Said;
import dev.allclear.probes.propagation.Sighting;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Verdict;
import dev.allclear.probes.propagation.Wanted;
import dev.allclear.probes.wire.Wire;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A tracker in this process that watches names of the lab, and all that it told.
final class Watched implements Closeable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /// One piece of news; `spread` is as far as the change had spread by then.
  record Told(Subject subject, News news, @Nullable Spread spread, Instant at) {}

  private final List<Told> all = new ArrayList<>();
  private final BlockingQueue<Told> queue;
  private final Wire wire;
  private final Tracker tracker;
  private final Stalls stalls;

  private Watched(BlockingQueue<Told> queue, Wire wire, Tracker tracker, Stalls stalls) {
    this.queue = queue;
    this.wire = wire;
    this.tracker = tracker;
    this.stalls = stalls;
  }

  static Watched start(List<Subject> subjects) {
    return start(subjects, TIMEOUT);
  }

  static Watched start(List<Subject> subjects, Duration timeout) {
    BlockingQueue<Told> queue = new LinkedBlockingQueue<>();
    SystemClock clock = new SystemClock(0);
    Wire wire = Wire.open(clock);
    Tracker tracker =
        Tracker.start(
            subjects,
            new Lookup(timeout, wire),
            clock,
            new Random(1),
            (subject, news, spread) -> queue.add(new Told(subject, news, spread, Instant.now())));
    return new Watched(queue, wire, tracker, Stalls.start());
  }

  /// A name of the zone, with its authorities and the caches, each `WORD ADDRESS:PORT`.
  static Subject subject(
      String name, String type, List<String> authorities, List<String> resolvers) {
    return subject(name, type, null, authorities, resolvers);
  }

  static Subject subject(
      String name,
      String type,
      @Nullable Wanted wanted,
      List<String> authorities,
      List<String> resolvers) {
    Question question = new Question(name + "." + Dns.ZONE.toString(true), type);
    return new Subject(
        name,
        question,
        wanted,
        authorities.stream().map(each -> server(each).asAuthority()).toList(),
        resolvers.stream().map(Watched::server).toList(),
        EVERY);
  }

  private static Server server(String text) {
    String[] words = text.split(" ", 2);
    return Server.parse(words[0], words[words.length - 1]);
  }

  /// What was told of this subject so far.
  List<News> news(Subject subject) {
    queue.drainTo(all);
    return all.stream().filter(each -> each.subject().equals(subject)).map(Told::news).toList();
  }

  /// Waits for such news of this subject, told or to be told.
  Told await(Subject subject, Duration limit, Predicate<News> isIt) throws InterruptedException {
    Instant end = Instant.now().plus(limit);
    Predicate<Told> wanted = each -> each.subject().equals(subject) && isIt.test(each.news());
    for (Told each : all) {
      if (wanted.test(each)) {
        return each;
      }
    }
    while (true) {
      long left = Duration.between(Instant.now(), end).toMillis();
      Told next = left <= 0 ? null : queue.poll(left, TimeUnit.MILLISECONDS);
      if (next == null) {
        return fail(subject.name() + " was told only " + news(subject) + looks(spread(subject)));
      }
      all.add(next);
      if (wanted.test(next)) {
        return next;
      }
    }
  }

  /// Waits until what is known of the name is such.
  void until(Subject subject, Predicate<Spread> isIt) throws InterruptedException {
    untilStanding(subject, standing -> isIt.test(standing.spread()));
  }

  /// Waits until every authority has answered what it was asked after this call.
  void answered(Subject subject) throws InterruptedException {
    Instant now = Instant.now();
    untilStanding(
        subject,
        standing ->
            subject.authorities().stream().allMatch(each -> isSince(now, standing, each.name())));
  }

  private static boolean isSince(Instant asked, Standing standing, String server) {
    StepRun step = standing.answers().get(server);
    return step != null && standing.records(server) != null && step.begin().wall().isAfter(asked);
  }

  private void untilStanding(Subject subject, Predicate<Standing> isIt)
      throws InterruptedException {
    Instant end = Instant.now().plus(LIMIT);
    Standing standing = tracker.standing(subject);
    while (standing == null || !isIt.test(standing)) {
      if (Instant.now().isAfter(end)) {
        Spread spread = standing == null ? null : standing.spread();
        fail("of " + subject.name() + " is known only " + spread + looks(spread));
      }
      Told told = queue.poll(20, TimeUnit.MILLISECONDS);
      if (told != null) {
        all.add(told);
      }
      standing = tracker.standing(subject);
    }
  }

  /// Waits until every resolver was heard to give a value.
  void known(Subject subject) throws InterruptedException {
    until(
        subject,
        known ->
            known.endpoints().stream()
                .allMatch(each ->
                    each.whole().seen().stream().anyMatch(look -> look.said() == Said.OLD)));
  }

  /// When a resolver was first heard to give the new value after the last old one.
  static Instant heard(Spread spread, String resolver) {
    List<Sighting> seen = endpoint(spread, resolver).whole().seen();
    Instant heard = Instant.EPOCH;
    for (Sighting look : seen.reversed()) {
      if (look.said() == Said.OLD) {
        return heard;
      }
      heard = look.said() == Said.NEW ? look.received().wall() : heard;
    }
    return heard;
  }

  /// Waits until something of a resolver is proven.
  void proven(Subject subject, String resolver, Predicate<Verdict> isIt)
      throws InterruptedException {
    until(subject, spread -> verdicts(spread, resolver).stream().anyMatch(isIt));
  }

  /// By how much a question may have been late, or its answer, for no fault of the tracker's: this
  /// machine stood still, or a server was slow.
  Duration late(Spread spread) {
    Stream<List<Sighting>> looks =
        Stream.concat(
            spread.authorities().servers().values().stream().map(each -> each.seen()),
            spread.endpoints().stream().map(each -> each.whole().seen()));
    return looks
        .flatMap(List::stream)
        .map(look -> look.sent().until(look.received()))
        .filter(length -> length.compareTo(Stalls.NOTICED) > 0)
        .reduce(stalls.sum(), Duration::plus);
  }

  /// Fails if a flip came before the time that was foretold, or after it though the question that
  /// shows it was not late.
  void assertForetold(Bounds foretold, Truth flip, Spread spread) {
    Instant latest = foretold.latest().wall().plusMillis(1).plus(late(spread));
    assertTrue(
        foretold.earliest().wall().minusMillis(1).isBefore(flip.after())
            && !latest.isBefore(flip.before()),
        () -> foretold + " does not contain " + flip + looks(spread));
  }

  /// Waits until every cache has flipped.
  Spread converged(Subject subject, Duration limit) throws InterruptedException {
    Told told = await(subject, limit, News.Converged.class::isInstance);
    return Objects.requireNonNull(told.spread());
  }

  void forget() {
    queue.drainTo(all);
    all.clear();
  }

  @Nullable Spread spread(Subject subject) {
    return tracker.spread(subject);
  }

  /// Every answer of every resolver: when asked, how fast, what, for how long, by whom.
  static String looks(@Nullable Spread spread) {
    StringBuilder text = new StringBuilder();
    List<Endpoint> endpoints = spread == null ? List.of() : spread.endpoints();
    for (Endpoint endpoint : endpoints) {
      text.append('\n').append(endpoint.resolver()).append(':');
      for (Sighting look : endpoint.whole().seen()) {
        text.append(
            " %s+%.1fms %s %d %s;"
                .formatted(
                    look.sent().wall(),
                    look.sent().until(look.received()).toNanos() / 1e6,
                    look.said(),
                    look.ttl(),
                    look.nsid()));
      }
    }
    return text.toString();
  }

  static Endpoint endpoint(Spread spread, String resolver) {
    return spread.endpoints().stream()
        .filter(each -> each.resolver().equals(resolver))
        .findFirst()
        .orElseThrow();
  }

  /// The flip of a resolver that is a single cache.
  static Flip flip(Spread spread, String resolver) {
    List<Flip> flips = List.copyOf(endpoint(spread, resolver).flips(spread.event()).values());
    assertEquals(1, flips.size(), flips::toString);
    return flips.getFirst();
  }

  static List<Verdict> verdicts(Spread spread, String resolver) {
    return spread.verdicts(endpoint(spread, resolver));
  }

  @Override
  public void close() {
    tracker.close();
    wire.close();
    stalls.close();
  }
}
