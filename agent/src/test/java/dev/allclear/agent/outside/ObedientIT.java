package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.allclear.agent.propagation.News;
import dev.allclear.agent.propagation.Subject;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.propagation.Eta;
import dev.allclear.probes.propagation.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.xbill.DNS.Type;

/// Where caches obey, every flip lies within its bounds, which are narrow, cost few questions, and
/// were foretold. Names change one after another, so that each meets another phase of the caches.
/// No more names than one authority may be asked for each second.
@Execution(CONCURRENT)
final class ObedientIT {
  private static final System.Logger LOG = System.getLogger(ObedientIT.class.getName());
  private static final boolean LONG = Boolean.getBoolean("allclear.long");
  private static final int TTL = 6;
  private static final int NAMES = LONG ? 8 : 5;
  private static final int ROUNDS = LONG ? 8 : 1;
  private static final Duration LEARNING = Duration.ofSeconds(LONG ? 90 : 60);
  private static final Duration APART = Duration.ofMillis(1_370);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration WIDEST = Duration.ofSeconds(2);
  private static final int MOST = 3;

  private static final Map<Software, String> OPTIONS =
      Map.of(
          Software.UNBOUND, "identity: \"\"",
          Software.NAMED, "prefetch 0;",
          Software.RECURSOR, "--quiet",
          Software.DNSMASQ, "--cache-size=100");

  /// What became of one change in one cache; questions or their answers may have been late by so
  /// much, for which bounds are as much wider, and one more is asked each second.
  private record Trial(
      String name,
      Software cache,
      Truth truth,
      Bounds bounds,
      long questions,
      Duration late,
      String looks) {
    boolean holds() {
      return within(truth, bounds, Duration.ZERO);
    }

    boolean isNarrow() {
      return bounds.width().compareTo(WIDEST.plus(late)) <= 0;
    }

    boolean isCheap() {
      return questions <= MOST + late.plusMillis(999).toSeconds();
    }

    @Override
    public String toString() {
      return "%s %s: %s, %s (%d ms), %d questions, late by %s%s"
          .formatted(name, cache, truth, bounds, bounds.width().toMillis(), questions, late, looks);
    }
  }

  /// When the last cache flipped, and when it was told to.
  private record Foretelling(String name, Bounds eta, Truth last, Duration late) {
    boolean holds() {
      return within(last, eta, late);
    }
  }

  private final Map<Software, Cache> caches = new LinkedHashMap<>();
  private final Map<Software, Tap> fronts = new LinkedHashMap<>();
  private final List<Trial> trials = new ArrayList<>();
  private final List<Foretelling> foretold = new ArrayList<>();

  private static boolean within(Truth truth, Bounds bounds, Duration late) {
    return !truth.after().isBefore(bounds.earliest().wall())
        && !truth.before().isAfter(bounds.latest().wall().plus(late));
  }

  @Test
  void everyFlipIsWithinItsBoundsAndWasForetold(@TempDir Path folder)
      throws IOException, InterruptedException {
    try (DnsLab lab = new DnsLab(folder)) {
      Authority authority = lab.authority(zone());
      for (Map.Entry<Software, String> each : OPTIONS.entrySet()) {
        Cache cache = lab.cache(each.getKey(), authority, each.getValue());
        caches.put(each.getKey(), cache);
        fronts.put(each.getKey(), lab.front(cache));
        for (int i = 0; i < NAMES; i += 2) {
          lab.users(cache, "app" + i, Type.A, Duration.ofMillis(200));
        }
      }
      List<Subject> subjects = subjects(authority);
      try (Watched watched = Watched.start(subjects)) {
        pass(LEARNING);
        for (Subject each : subjects) {
          watched.known(each);
        }
        for (int round = 1; round <= ROUNDS; round++) {
          watched.forget();
          round(watched, subjects, authority, round);
        }
      }
    }
    verify();
  }

  private void pass(Duration time) throws IOException, InterruptedException {
    Objects.requireNonNull(caches.get(Software.UNBOUND)).until(Instant.now().plus(time));
  }

  private static String zone() {
    return """
    @ 300 SOA ns1 admin 1 6 5 86400 20
    @ 300 NS ns1
    ns1 300 A 127.0.0.1
    """
        + IntStream.range(0, NAMES)
            .mapToObj(i -> "app%d %d A 192.0.2.%d\n".formatted(i, TTL, i))
            .collect(Collectors.joining());
  }

  private List<Subject> subjects(Authority authority) {
    List<String> resolvers =
        fronts.entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue().address())
            .toList();
    return IntStream.range(0, NAMES)
        .mapToObj(
            i -> Watched.subject("app" + i, "A", List.of("knot " + authority.address()), resolvers))
        .toList();
  }

  private void round(Watched watched, List<Subject> subjects, Authority authority, int round)
      throws IOException, InterruptedException {
    List<Truth> changes = new ArrayList<>();
    for (Subject subject : subjects) {
      changes.add(authority.put(subject.name(), TTL, "A", value(subject, round)));
      pass(APART);
    }
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      Instant changed = changes.get(i).before();
      Watched.Told told = watched.await(subject, LIMIT, News.Converged.class::isInstance);
      List<Trial> of =
          caches.keySet().stream().map(each -> trial(watched, each, told, changed, round)).toList();
      trials.addAll(of);
      foretold.add(foretelling(watched, subject, of));
      assertTrue(
          watched.news(subject).stream().noneMatch(News.Reverted.class::isInstance),
          () -> watched.news(subject) + of.getFirst().looks());
    }
  }

  private static String value(Subject subject, int round) {
    return "198.51.%d.%s".formatted(round, subject.name().substring(3));
  }

  private Trial trial(
      Watched watched, Software software, Watched.Told told, Instant changed, int round) {
    Subject subject = told.subject();
    Spread spread = Objects.requireNonNull(told.spread());
    long questions =
        Objects.requireNonNull(fronts.get(software)).fetches().stream()
            .filter(each -> each.asks(subject.name()))
            .map(each -> each.time().before())
            .filter(each -> each.isAfter(changed) && each.isBefore(told.at()))
            .count();
    return new Trial(
        subject.name(),
        software,
        Objects.requireNonNull(caches.get(software))
            .fetched(value(subject, round), Watched.heard(spread, software.toString())),
        Objects.requireNonNull(Watched.flip(spread, software.toString()).bounds()),
        questions,
        watched.late(spread),
        Watched.looks(spread));
  }

  private static Foretelling foretelling(Watched watched, Subject subject, List<Trial> of) {
    Truth last =
        of.stream().map(Trial::truth).max(Comparator.comparing(Truth::before)).orElseThrow();
    Bounds eta =
        watched.news(subject).stream()
            .flatMap(each -> each instanceof News.Foretold(Eta told) ? Stream.of(told) : null)
            .findFirst()
            .map(Eta::last)
            .orElseThrow();
    return new Foretelling(subject.name(), eta, last, of.getFirst().late());
  }

  private void verify() {
    caches.keySet().forEach(this::report);
    List<Foretelling> missed = foretold.stream().filter(each -> !each.holds()).toList();
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            "%d of %d last flips as foretold, within %s"
                .formatted(
                    foretold.size() - missed.size(),
                    foretold.size(),
                    widths(foretold.stream().map(Foretelling::eta))));
    assertEquals(List.of(), trials.stream().filter(trial -> !trial.holds()).toList());
    assertEquals(List.of(), trials.stream().filter(trial -> !trial.isNarrow()).toList());
    assertEquals(List.of(), trials.stream().filter(trial -> !trial.isCheap()).toList());
    assertTrue(missed.size() * 20 <= foretold.size(), missed::toString);
  }

  private void report(Software software) {
    List<Trial> own = trials.stream().filter(trial -> trial.cache() == software).toList();
    List<Long> questions = own.stream().map(Trial::questions).sorted().toList();
    LOG.log(
        System.Logger.Level.INFO,
        () ->
            "%s: %d phases, %d contained, within %s, with %d questions (median) to %d"
                .formatted(
                    software,
                    own.size(),
                    own.stream().filter(Trial::holds).count(),
                    widths(own.stream().map(Trial::bounds)),
                    questions.get(questions.size() / 2),
                    questions.getLast()));
  }

  private static String widths(Stream<Bounds> bounds) {
    List<Long> sorted = bounds.map(each -> each.width().toMillis()).sorted().toList();
    return "%d ms (median) to %d ms".formatted(sorted.get(sorted.size() / 2), sorted.getLast());
  }
}
