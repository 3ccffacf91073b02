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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.xbill.DNS.Type;

/// Where caches obey, every flip lies within its bounds, which are narrow, cost few questions, and
/// were foretold. Names change one after another, so that each meets another phase of the caches.
@Execution(CONCURRENT)
final class ObedientIT {
  private static final System.Logger LOG = System.getLogger(ObedientIT.class.getName());
  private static final int TTL = 6;
  private static final int NAMES = 5;
  private static final Duration LEARNING = Duration.ofSeconds(60);
  private static final Duration APART = Duration.ofMillis(1_370);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration WIDEST = Duration.ofSeconds(2);
  private static final int MOST = 3;

  private static final Map<Software, String> OPTIONS =
      Map.of(
          Software.UNBOUND, "identity: \"\"",
          Software.NAMED, "prefetch 0;",
          Software.RECURSOR, "--quiet",
          Software.DNSMASQ, "--cache-size=100");

  /// What became of one change in one cache.
  private record Trial(
      String name, Software cache, Truth truth, Bounds bounds, long questions, String looks) {
    boolean holds() {
      return holds(bounds, truth);
    }

    static boolean holds(Bounds bounds, Truth truth) {
      return !truth.after().isBefore(bounds.earliest().wall())
          && !truth.before().isAfter(bounds.latest().wall());
    }

    @Override
    public String toString() {
      return "%s %s: %s, %s to %s (%d ms), %d questions%s"
          .formatted(
              name,
              cache,
              truth,
              bounds.earliest().wall(),
              bounds.latest().wall(),
              bounds.width().toMillis(),
              questions,
              looks);
    }
  }

  private final Map<Software, Cache> caches = new LinkedHashMap<>();
  private final Map<Software, Tap> fronts = new LinkedHashMap<>();
  private final List<Trial> trials = new ArrayList<>();
  private int foretold;

  @Test
  void everyFlipIsWithinItsBoundsAndWasForetold(@TempDir Path folder)
      throws IOException, InterruptedException {
    int rounds = Boolean.getBoolean("allclear.long") ? 4 : 1;
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
        Objects.requireNonNull(caches.get(Software.UNBOUND)).until(Instant.now().plus(LEARNING));
        for (int round = 1; round <= rounds; round++) {
          watched.forget();
          round(watched, subjects, authority, round);
        }
      }
    }
    verify();
  }

  private static String zone() {
    return """
    @ 300 SOA ns1 admin 1 6 5 86400 20
    @ 300 NS ns1
    ns1 300 A 127.0.0.1
    """
        + String.join(
            "",
            IntStream.range(0, NAMES)
                .mapToObj(i -> "app%d %d A 192.0.2.%d\n".formatted(i, TTL, i))
                .toList());
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
      Objects.requireNonNull(caches.get(Software.UNBOUND)).until(Instant.now().plus(APART));
    }
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      Spread spread = watched.converged(subject, LIMIT);
      Instant changed = changes.get(i).before();
      List<Trial> of =
          caches.keySet().stream()
              .map(each -> trial(subject, each, spread, changed, round))
              .toList();
      trials.addAll(of);
      foretold += foretold(watched, subject, of) ? 1 : 0;
    }
  }

  private static String value(Subject subject, int round) {
    return "198.51.%d.%s".formatted(round, subject.name().substring(3));
  }

  private Trial trial(
      Subject subject, Software software, Spread spread, Instant changed, int round) {
    Cache cache = Objects.requireNonNull(caches.get(software));
    long questions =
        Objects.requireNonNull(fronts.get(software)).fetches().stream()
            .filter(each -> each.time().before().isAfter(changed))
            .filter(each -> each.asks(subject.name()))
            .count();
    return new Trial(
        subject.name(),
        software,
        cache.fetched(value(subject, round)),
        Objects.requireNonNull(Watched.flip(spread, software.toString()).bounds()),
        questions,
        Watched.looks(spread));
  }

  private static boolean foretold(Watched watched, Subject subject, List<Trial> of) {
    Truth last =
        of.stream().map(Trial::truth).max((a, b) -> a.before().compareTo(b.before())).orElseThrow();
    Bounds eta =
        watched.news(subject).stream()
            .flatMap(each -> each instanceof News.Foretold(Eta told) ? Stream.of(told) : null)
            .findFirst()
            .map(Eta::last)
            .orElseThrow();
    boolean holds = Trial.holds(eta, last);
    LOG.log(
        holds ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
        () ->
            "%s: foretold %s to %s, was %s"
                .formatted(subject.name(), eta.earliest().wall(), eta.latest().wall(), last));
    return holds;
  }

  private void verify() {
    for (Software each : caches.keySet()) {
      List<Trial> own = trials.stream().filter(trial -> trial.cache() == each).toList();
      LOG.log(
          System.Logger.Level.INFO,
          () ->
              "%s: widths %s ms, questions %s"
                  .formatted(
                      each,
                      own.stream()
                          .map(trial -> trial.bounds().width().toMillis())
                          .sorted()
                          .toList(),
                      own.stream().map(Trial::questions).sorted().toList()));
    }
    LOG.log(
        System.Logger.Level.INFO,
        () -> foretold + " of " + trials.size() / caches.size() + " last flips as foretold");
    assertEquals(List.of(), trials.stream().filter(trial -> !trial.holds()).toList());
    assertEquals(
        List.of(),
        trials.stream().filter(trial -> trial.bounds().width().compareTo(WIDEST) > 0).toList());
    assertEquals(List.of(), trials.stream().filter(trial -> trial.questions() > MOST).toList());
    assertTrue(foretold * 20 >= trials.size() / caches.size() * 19, () -> foretold + " foretold");
  }
}
