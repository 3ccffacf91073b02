package dev.allclear.agent.outage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// For random histories of a world and random probe times, the truth lies inside the bounds.
///
/// Truth, where changes may hide between two probes. Each probe asks for one function of the
/// service, up or down at every instant, and sees it at one instant of its run. Onset: of the
/// probes that fail, the earliest begin of the down period that holds its first failing instant;
/// one that was never seen to pass, and failed no earlier than the others, only joins them: it may
/// never have worked. Restored: of all required probes, the latest begin of the up period that
/// holds the first instant of its final streak.
final class SoundnessTest {
  private static final int HISTORIES = 10_000;
  private static final List<String> PROBES = List.of("ping", "buy", "name");
  private static final List<Depth> DEPTHS = List.of(Depth.SHALLOW, Depth.DEEP, Depth.DNS);

  /// The instants at which one function flips; it is up before the first.
  private record Function(List<Long> flips) {
    static Function random(Random random) {
      List<Long> flips = new ArrayList<>();
      long at = 5_000;
      for (int i = 0; i < 2 + 2 * random.nextInt(8); i++) {
        at += 1 + random.nextLong(random.nextInt(3) == 0 ? 400 : 9_000);
        flips.add(at);
      }
      return new Function(flips);
    }

    boolean up(long at) {
      return flips.stream().filter(flip -> flip <= at).count() % 2 == 0;
    }

    long periodBegin(long at) {
      return flips.stream().filter(flip -> flip <= at).reduce(0L, (_, flip) -> flip);
    }
  }

  /// One probe's side of a history: what it saw, and at which true instant. Runs that were
  /// overtaken do not count.
  private static final class Witness {
    final Function function;
    final List<Look> passes = new ArrayList<>();
    long begun = Long.MIN_VALUE;
    long firstFail = -1;

    Witness(Function function) {
      this.function = function;
    }

    void saw(boolean up, Look look) {
      if (look.begin() < begun) {
        return;
      }
      begun = look.begin();
      if (up) {
        passes.add(look);
        firstFail = -1;
      } else {
        firstFail = firstFail < 0 ? look.instant() : firstFail;
      }
    }

    /// When the up period began that holds the pass which dates the streak.
    long restored(Bounds good) {
      Look first =
          passes.reversed().stream()
              .filter(look -> Story.at(look.end()).equals(good.latest()))
              .findFirst()
              .orElseThrow();
      return function.periodBegin(first.instant());
    }
  }

  /// One run of a probe; runs of different probes overlap and are told in the order of their ends.
  private record Look(String probe, long begin, long end, long instant) {
    static Look after(String probe, long free, Random random) {
      long begin = free + random.nextInt(random.nextBoolean() ? 200 : 1500);
      long end = begin + random.nextInt(900);
      return new Look(probe, begin, end, begin + random.nextLong(end - begin + 1));
    }
  }

  @Test
  void truthLiesInsideTheBounds() {
    int verified = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      verified += play(seed);
    }
    assertTrue(verified > HISTORIES / 2, "histories that reached verification: " + verified);
  }

  private int play(int seed) {
    Random random = new Random(seed);
    int k = 1 + random.nextInt(3);
    Policy policy =
        new Policy(
            new Rto(Duration.ofSeconds(30), Rto.From.ONSET),
            k,
            k,
            1 + random.nextInt(3),
            Duration.ofMillis(random.nextInt(1500)),
            Duration.ofMillis(1 + random.nextInt(3000)));
    Map<String, Depth> required = new LinkedHashMap<>();
    Map<String, Witness> witnesses = new LinkedHashMap<>();
    for (String probe : PROBES.subList(0, 1 + random.nextInt(PROBES.size()))) {
      required.put(probe, DEPTHS.get(required.size()));
      witnesses.put(probe, new Witness(Function.random(random)));
    }
    return observe(seed, random, new Story(policy, required), required, witnesses);
  }

  private int observe(
      int seed,
      Random random,
      Story story,
      Map<String, Depth> required,
      Map<String, Witness> witnesses) {
    int verified = 0;
    Map<String, Long> onsets = new LinkedHashMap<>();
    PriorityQueue<Look> looks = new PriorityQueue<>(Comparator.comparingLong(Look::end));
    required.keySet().forEach(probe -> looks.add(Look.after(probe, 0, random)));
    for (int i = 0; i < 400; i++) {
      Look look = looks.remove();
      Witness witness = Objects.requireNonNull(witnesses.get(look.probe()));
      boolean up = witness.function.up(look.instant());
      int before = story.events.size();
      witness.saw(up, look);
      story.tell(
          look.probe(),
          look.begin(),
          look.end(),
          up ? Outcome.pass() : Outcome.fail(Cause.STATUS, "status 503"));
      next(look, story, random, looks);
      for (Event event : story.events.subList(before, story.events.size())) {
        verified += check(seed, event, story, witnesses, onsets);
      }
    }
    return verified > 0 ? 1 : 0;
  }

  /// While suspect or down a cheap probe's runs overlap, up to four of them.
  private static void next(Look look, Story story, Random random, PriorityQueue<Look> looks) {
    String probe = look.probe();
    long underWay = looks.stream().filter(each -> each.probe().equals(probe)).count();
    if (underWay == 0) {
      looks.add(Look.after(probe, look.end(), random));
    }
    boolean overlap =
        story.state().equals("suspect")
            || (story.state().equals("down") && story.health.failing().contains(probe));
    for (long i = underWay; overlap && probe.equals("ping") && i < 3; i++) {
      looks.add(Look.after(probe, look.end(), random));
    }
  }

  private int check(
      int seed,
      Event event,
      Story story,
      Map<String, Witness> witnesses,
      Map<String, Long> onsets) {
    if (event instanceof Event.Detected detected) {
      onsets.clear();
      detected.failing().forEach(probe -> noteOnset(probe, witnesses, onsets));
      checkOnset(seed, story, onsets);
    }
    if (event instanceof Event.AlsoFailing also) {
      noteOnset(also.probe(), witnesses, onsets);
      checkOnset(seed, story, onsets);
    }
    if (event instanceof Event.FalseStart again) {
      checkFailed(seed, "false start", again.probe(), again.failed(), witnesses);
    }
    if (event instanceof Event.Relapsed again) {
      checkFailed(seed, "relapse", again.probe(), again.failed(), witnesses);
    }
    if (event instanceof Event.Verified done) {
      long restored =
          story.health.required().stream()
              .mapToLong(track ->
                  Objects.requireNonNull(witnesses.get(track.probe()))
                      .restored(Objects.requireNonNull(track.good())))
              .max()
              .orElseThrow();
      contains(seed, "restored", done.restored(), restored);
      return 1;
    }
    return 0;
  }

  /// The fails in a row that confirmed it, not some stray one long before.
  private static void checkFailed(
      int seed, String what, String probe, Bounds failed, Map<String, Witness> witnesses) {
    Witness witness = Objects.requireNonNull(witnesses.get(probe));
    contains(seed, what, failed, witness.function.periodBegin(witness.firstFail));
  }

  private static void noteOnset(
      String probe, Map<String, Witness> witnesses, Map<String, Long> onsets) {
    Witness witness = Objects.requireNonNull(witnesses.get(probe));
    onsets.merge(probe, witness.function.periodBegin(witness.firstFail), Math::min);
  }

  private static void checkOnset(int seed, Story story, Map<String, Long> onsets) {
    long truth = onsets.values().stream().min(Long::compare).orElseThrow();
    contains(seed, "onset", story.incident().onset(), truth);
  }

  private static void contains(int seed, String what, Bounds bounds, long truth) {
    boolean inside =
        !Story.at(truth).isBefore(bounds.earliest()) && !bounds.latest().isBefore(Story.at(truth));
    assertTrue(inside, () -> "seed " + seed + ": true " + what + " " + truth + " not in " + bounds);
  }
}
