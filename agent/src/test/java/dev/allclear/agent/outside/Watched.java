package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.agent.propagation.Tracker;
import dev.allclear.probes.dns.Lookup;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Endpoint;
import dev.allclear.probes.propagation.Flip;
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
import org.jspecify.annotations.Nullable;

/// A tracker in this process that watches names of the lab, and all that it told.
final class Watched implements Closeable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /// One piece of news; `spread` is as far as the change had spread by then.
  record Told(Subject subject, News news, @Nullable Spread spread, Instant at) {}

  private final List<Told> all = new ArrayList<>();
  private final BlockingQueue<Told> queue;
  private final Wire wire;
  private final Tracker tracker;

  private Watched(BlockingQueue<Told> queue, Wire wire, Tracker tracker) {
    this.queue = queue;
    this.wire = wire;
    this.tracker = tracker;
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
    return new Watched(queue, wire, tracker);
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
  }
}
