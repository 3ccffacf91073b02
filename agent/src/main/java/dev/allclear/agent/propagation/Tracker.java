package dev.allclear.agent.propagation;

import dev.allclear.probes.Clock;
import dev.allclear.probes.Moment;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Lookup;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Bucket;
import dev.allclear.probes.propagation.Query;
import dev.allclear.probes.propagation.Spread;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Asks the servers of every subject when its course wants it: one thread and one queue for all of
/// them, and a virtual thread for each question under way.
public final class Tracker implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(1);

  /// One server as it is asked for one subject.
  private static final class Slot {
    final Course course;
    final int place;
    final Server server;
    boolean underWay;

    /// Only the due time with this number is valid.
    long number;

    Slot(Course course, int place, Server server) {
      this.course = course;
      this.place = place;
      this.server = server;
    }
  }

  private record Due(Moment at, Slot slot, long number) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return at.compareTo(other.at);
    }
  }

  private final Clock clock;
  private final Lookup lookup;
  private final RandomGenerator random;
  private final Listener listener;
  private final Map<Course, List<Slot>> slots = new HashMap<>();
  private final Map<Subject, Course> courses = new ConcurrentHashMap<>();
  private final Map<Subject, Standing> standings = new ConcurrentHashMap<>();
  private final PriorityQueue<Due> dues = new PriorityQueue<>();
  private final Map<InetSocketAddress, Bucket> buckets = new HashMap<>();

  /// What the tracker's thread has to do next.
  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tracker-", 0).factory());

  private Tracker(
      List<Subject> subjects,
      Lookup lookup,
      Clock clock,
      RandomGenerator random,
      Listener listener) {
    this.clock = clock;
    this.lookup = lookup;
    this.random = random;
    this.listener = listener;
    subjects.forEach(subject -> add(new Course(subject)));
  }

  private List<Slot> add(Course course) {
    Subject subject = course.subject();
    List<Slot> all = new ArrayList<>();
    List<Server> servers = subject.servers();
    for (int i = 0; i < servers.size(); i++) {
      all.add(new Slot(course, i, servers.get(i)));
    }
    courses.put(subject, course);
    slots.put(course, all);
    return all;
  }

  /// One more, with what an earlier session saw of a change of it. Any thread.
  public void follow(Subject subject, @Nullable Past past) {
    inbox.add(() -> {
      Course course = new Course(subject);
      if (past != null) {
        course.resume(past);
      }
      add(course).forEach(slot -> plan(slot, clock.now()));
    });
  }

  /// Somebody says that the name was changed then. Any thread.
  public void claim(Subject subject, Moment at) {
    inbox.add(() -> {
      Course course = courses.get(subject);
      if (course != null) {
        tell(course, course.claimed(at));
        plan(course);
      }
    });
  }

  /// Whether its authorities are asked more often than it wants, since a change is likely. Any
  /// thread.
  public void alert(Subject subject, boolean alert) {
    inbox.add(() -> {
      Course course = courses.get(subject);
      if (course != null && course.alert(alert)) {
        plan(course);
      }
    });
  }

  /// What is known of this subject; null before its first answer. Any thread.
  public @Nullable Standing standing(Subject subject) {
    return standings.get(subject);
  }

  /// The lookup's wire stays the caller's to close, after this.
  public static Tracker start(
      List<Subject> subjects,
      Lookup lookup,
      Clock clock,
      RandomGenerator random,
      Listener listener) {
    Tracker tracker = new Tracker(subjects, lookup, clock, random, listener);
    tracker.threads.execute(tracker::run);
    return tracker;
  }

  /// How far the change of this subject has spread; null while there is none.
  public @Nullable Spread spread(Subject subject) {
    Course course = courses.get(subject);
    return course == null ? null : course.spread();
  }

  private void run() {
    slots.values().forEach(all -> all.forEach(slot -> plan(slot, clock.now())));
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Moment now = clock.now();
        ask(now);
        Runnable next = inbox.poll(idle(now).toNanos(), TimeUnit.NANOSECONDS);
        while (next != null) {
          next.run();
          next = inbox.poll();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration idle(Moment now) {
    Due next = dues.peek();
    Duration left = next == null ? IDLE : now.until(next.at);
    return left.isNegative() ? Duration.ZERO : left.compareTo(IDLE) < 0 ? left : IDLE;
  }

  private void ask(Moment now) {
    while (!dues.isEmpty() && !now.isBefore(dues.peek().at)) {
      Due due = dues.remove();
      if (due.number == due.slot.number && !due.slot.underWay) {
        ask(due.slot, now);
      }
    }
  }

  private void ask(Slot slot, Moment now) {
    Bucket bucket = buckets.getOrDefault(slot.server.address(), Bucket.DEFAULT);
    Moment allowed = bucket.allowed(now);
    if (now.isBefore(allowed)) {
      due(slot, allowed);
      return;
    }
    buckets.put(slot.server.address(), bucket.sent(now));
    slot.underWay = true;
    execute(() -> tellOf(slot));
  }

  private void execute(Runnable question) {
    try {
      threads.execute(question);
    } catch (RejectedExecutionException _) {
      // It is being closed.
      Thread.currentThread().interrupt();
    }
  }

  private void tellOf(Slot slot) {
    StepRun step = answer(slot);
    inbox.add(() -> accept(slot, step));
  }

  private StepRun answer(Slot slot) {
    return lookup.ask(slot.course.subject().question(), List.of(slot.server)).getFirst();
  }

  private void accept(Slot slot, StepRun step) {
    slot.underWay = false;
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    Course course = slot.course;
    List<News> news = course.heard(slot.place, step);
    Standing standing = course.standing();
    standings.put(course.subject(), standing);
    listener.asked(standing, step);
    tell(course, news);
    if (news.stream().anyMatch(News.Known.class::isInstance)) {
      askKeys(slot);
    }
    if (course.changesAll()) {
      plan(course);
    } else {
      plan(slot, clock.now());
    }
  }

  private void tell(Course course, List<News> news) {
    news.forEach(each -> listener.heard(course.subject(), each, course.told()));
  }

  private void plan(Course course) {
    Moment now = clock.now();
    slots.getOrDefault(course, List.of()).forEach(each -> plan(each, now));
  }

  private void askKeys(Slot slot) {
    Question keys = slot.course.keys();
    if (keys != null) {
      execute(() -> {
        StepRun step = lookup.ask(keys, List.of(slot.server)).getFirst();
        inbox.add(() -> tell(slot.course, slot.course.heardKeys(step)));
      });
    }
  }

  private void plan(Slot slot, Moment now) {
    if (slot.underWay) {
      return;
    }
    Query next = slot.course.next(slot.place, now, random.nextDouble());
    slot.number++;
    if (next != null) {
      due(slot, next.at());
    }
  }

  private void due(Slot slot, Moment at) {
    dues.add(new Due(at, slot, ++slot.number));
  }

  /// Questions under way are interrupted and count for nothing.
  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
