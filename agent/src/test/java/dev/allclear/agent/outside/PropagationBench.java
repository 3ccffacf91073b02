package dev.allclear.agent.outside;

import dev.allclear.agent.SystemClock;
import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.agent.propagation.Tracker;
import dev.allclear.probes.dns.Lookup;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Server;
import dev.allclear.probes.propagation.Spread;
import dev.allclear.probes.propagation.Wanted;
import dev.allclear.probes.wire.Wire;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xbill.DNS.Type;

/// Counts for `bench/dns-propagation` what it costs to foretell flips and what to poll for them:
/// `FOLDER TTL LEARN NAMES CACHE…`. Tracking of so many names begins one after another within a
/// TTL, so that entries are of all ages, and users keep them in every cache. After `LEARN` TTLs all
/// change; every other one is polled, too.
final class PropagationBench {
  private static final String OLD = "192.0.2.1";
  private static final String NEW = "198.51.100.1";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration USERS = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final SystemClock clock = new SystemClock(1);
  private final Duration ttl;
  private final List<String> names;
  private final Authority authority;
  private final List<Cache> caches;

  private PropagationBench(
      Duration ttl, List<String> names, Authority authority, List<Cache> caches) {
    this.ttl = ttl;
    this.names = names;
    this.authority = authority;
    this.caches = caches;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    int ttl = Integer.parseInt(args[1]);
    int learn = Integer.parseInt(args[2]);
    List<String> names =
        IntStream.range(0, Integer.parseInt(args[3])).mapToObj(each -> "n" + each).toList();
    StringBuilder zone =
        new StringBuilder(
            "@ 300 SOA ns1 admin 1 15 5 86400 20\n@ 300 NS ns1\nns1 300 A 127.0.0.1\n");
    names.forEach(name -> zone.append("%s %d A %s\n".formatted(name, ttl, OLD)));
    try (DnsLab lab = new DnsLab(Path.of(args[0]))) {
      Authority authority = lab.authority(zone.toString());
      List<Cache> caches = new ArrayList<>();
      for (String word : Arrays.asList(args).subList(4, args.length)) {
        Software software =
            Arrays.stream(Software.values())
                .filter(each -> each.word.equals(word))
                .findFirst()
                .orElseThrow();
        caches.add(lab.cache(software, authority));
      }
      new PropagationBench(Duration.ofSeconds(ttl), names, authority, caches)
          .run(Duration.ofSeconds(ttl).multipliedBy(learn));
    }
  }

  private void run(Duration learn) throws IOException, InterruptedException {
    Instant change = Instant.now().plus(learn);
    CountDownLatch open = new CountDownLatch(names.size());
    List<Subject> subjects = names.stream().map(this::subject).toList();
    List<Tracker> trackers = new ArrayList<>();
    List<Users> users = new ArrayList<>();
    try (Wire wire = Wire.open(clock)) {
      for (Subject subject : subjects) {
        trackers.add(track(subject, wire, open));
        for (Cache cache : caches) {
          users.add(Users.start(cache.port(), subject.name(), Type.A, USERS));
        }
        caches.getFirst().until(Instant.now().plus(ttl.dividedBy(names.size())));
      }
      caches.getFirst().until(change);
      Map<String, Users> polls = poll();
      List<Truth> changes = change();
      boolean all = open.await(ttl.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS);
      List<Spread> spreads = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        Spread spread = trackers.get(i).spread(subjects.get(i));
        spreads.add(Objects.requireNonNull(spread, "no change seen"));
      }
      report(all, spreads, polls, changes);
      polls.values().forEach(Users::close);
      users.forEach(Users::close);
      trackers.forEach(Tracker::close);
    }
  }

  /// Tells once that the name's change has reached every cache.
  private Tracker track(Subject subject, Wire wire, CountDownLatch open) {
    AtomicBoolean told = new AtomicBoolean();
    return Tracker.start(
        List.of(subject),
        new Lookup(TIMEOUT, wire),
        clock,
        RandomGenerator.getDefault(),
        (_, news, _) -> {
          if (news instanceof News.Converged && !told.getAndSet(true)) {
            open.countDown();
          }
        });
  }

  private Subject subject(String name) {
    Question question = new Question(name + "." + Dns.ZONE, "A");
    return new Subject(
        name,
        question,
        new Wanted.Same(List.of(NEW)),
        List.of(server(authority.address()).asAuthority()),
        caches.stream().map(cache -> server(cache.address())).toList(),
        SECOND);
  }

  private static Server server(String address) {
    return Server.parse(address, address);
  }

  private static String key(String name, Cache cache) {
    return name + " " + cache.address();
  }

  /// Every other name is polled in every cache.
  private Map<String, Users> poll() {
    Map<String, Users> polls = new HashMap<>();
    for (int i = 0; i < names.size(); i += 2) {
      for (Cache cache : caches) {
        polls.put(
            key(names.get(i), cache), Users.start(cache.port(), names.get(i), Type.A, SECOND));
      }
    }
    return polls;
  }

  private List<Truth> change() throws IOException, InterruptedException {
    List<Truth> changes = new ArrayList<>();
    for (String name : names) {
      changes.add(authority.put(name, Math.toIntExact(ttl.toSeconds()), "A", NEW));
    }
    return changes;
  }

  private void report(
      boolean all, List<Spread> spreads, Map<String, Users> polls, List<Truth> changes) {
    List<Trial> polled = new ArrayList<>();
    List<Trial> beside = new ArrayList<>();
    List<Trial> alone = new ArrayList<>();
    long needed = 0;
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      for (int k = 0; k < caches.size(); k++) {
        Truth flip = flip(caches.get(k), name);
        Trial foretold =
            Trial.foretold(spreads.get(i), k, changes.get(i), flip, caches.get(k).software());
        Users poll = polls.get(key(name, caches.get(k)));
        if (poll == null) {
          alone.add(foretold);
          needed += 1 + Duration.between(changes.get(i).before(), flip.before()).toSeconds();
        } else {
          beside.add(foretold);
          polled.add(
              Trial.polled(poll.answers(), NEW, changes.get(i), flip, caches.get(k).software()));
        }
      }
    }
    if (!all) {
      out.println("not every name converged in time");
    }
    out.println("                       flips  bounded  queries  per flip  width: median    90 %");
    line("polled at 1 Hz", polled);
    line("foretold, same entries", beside);
    line("foretold, others", alone);
    for (Software software : Software.values()) {
      List<Trial> own =
          Stream.of(beside, alone)
              .flatMap(List::stream)
              .filter(trial -> trial.software() == software)
              .toList();
      if (!own.isEmpty()) {
        line("  foretold, " + software.word, own);
      }
    }
    double width = Trial.width(beside, 0.5) / Trial.width(polled, 0.5);
    double ratio = (double) Trial.queries(beside) / Trial.queries(polled);
    out.printf(
        Locale.ROOT,
        "foretold to polled, same entries: %.2f %% of the queries, at %.2f times the width; for the same width"
            + " %.2f %%%n",
        100 * ratio,
        width,
        100 * ratio * width);
    out.printf(
        Locale.ROOT,
        "foretold, others: %.2f %% of the queries that polling had needed%n",
        100.0 * Trial.queries(alone) / needed);
  }

  private void line(String way, List<Trial> trials) {
    out.printf(
        Locale.ROOT,
        "%-22s %5d %8d %8d %9.2f %12.2f s %6.2f s%n",
        way,
        trials.size(),
        trials.stream().filter(Trial::bounds).count(),
        Trial.queries(trials),
        (double) Trial.queries(trials) / trials.size(),
        Trial.width(trials, 0.5),
        Trial.width(trials, 0.9));
  }

  private static Truth flip(Cache cache, String name) {
    return cache.fetches().stream()
        .filter(fetch -> fetch.brought(NEW))
        .filter(fetch -> name.equalsIgnoreCase(owner(fetch)))
        .map(Fetch::time)
        .findFirst()
        .orElseThrow(() -> new AssertionError("never fetched: " + name + ": " + cache.fetches()));
  }

  private static String owner(Fetch fetch) {
    return fetch.question().getQuestion().getName().getLabelString(0);
  }
}
