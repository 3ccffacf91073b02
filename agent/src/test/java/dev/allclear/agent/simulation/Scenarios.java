package dev.allclear.agent.simulation;

import dev.allclear.agent.outage.Level;
import dev.allclear.agent.outage.Maintenance;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Policy.Degradation;
import dev.allclear.agent.outage.Policy.Flap;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.simulation.Upset.Kind;
import dev.allclear.probes.Depth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Histories drawn at random: the same seed, the same history.
final class Scenarios {
  private static final Fault.Kind[] KINDS = Fault.Kind.values();

  private final SplittableRandom random;
  private final long end;

  private Scenarios(long seed) {
    this.random = new SplittableRandom(seed);
    this.end = 10_000L + random.nextInt(35_000);
  }

  static Scenario random(long seed) {
    return new Scenarios(seed).scenario();
  }

  private Scenario scenario() {
    List<Fault> shared = faults();
    List<Ask> asks = new ArrayList<>();
    int shape = 1 + random.nextInt(7);
    if ((shape & 1) != 0) {
      asks.add(ask("ping", Depth.SHALLOW, shared));
    }
    if ((shape & 2) != 0) {
      asks.add(ask("buy", Depth.DEEP, shared));
    }
    if ((shape & 4) != 0) {
      asks.add(
          ask(asks.isEmpty() ? "ping" : "name", asks.isEmpty() ? Depth.DEEP : Depth.DNS, shared));
    }
    List<Upset> upsets = upsets();
    return new Scenario(
        extras(policy(), asks, upsets),
        asks,
        upsets,
        pick(1, 5, 100, 1000, 4000),
        pick(0, 0, 0, 5, 100),
        pick(0, 0, 0, 50),
        random.nextInt(3) == 0,
        end,
        random.nextLong(1_000_000));
  }

  private Policy policy() {
    int k = 1 + random.nextInt(3);
    Rto rto =
        new Rto(
            Duration.ofMillis(500 + random.nextInt(random.nextBoolean() ? 5_000 : 40_000)),
            random.nextInt(4) == 0 ? Rto.From.DETECTED : Rto.From.ONSET);
    return new Policy(
        rto,
        k,
        k + random.nextInt(3),
        1 + random.nextInt(3),
        Duration.ofMillis(pick(0, 200, 1000, 3000)),
        Duration.ofMillis(1 + random.nextInt(pick(300, 3000, 9000))));
  }

  private Policy extras(Policy plain, List<Ask> asks, List<Upset> upsets) {
    Map<String, Level> levels = new TreeMap<>();
    Map<Level, Rto> objectives = new TreeMap<>();
    if (random.nextInt(3) == 0) {
      asks.forEach(ask -> levels.put(ask.name(), Extras.level(pick(1, 2, Integer.MAX_VALUE))));
    }
    Level slow = random.nextInt(3) == 0 ? Extras.level(pick(1, 2)) : null;
    if (random.nextBoolean()) {
      objectives.put(
          Extras.level(pick(1, 2)),
          new Rto(Duration.ofMillis(500 + random.nextInt(20_000)), plain.rto().from()));
    }
    boolean stepped = upsets.stream().anyMatch(upset -> upset.kind() == Kind.STEP);
    long from = random.nextLong(end);
    return plain
        .degrading(new Degradation(levels, slow, objectives))
        .flapping(
            random.nextInt(3) == 0
                ? new Flap(2 + random.nextInt(2), Duration.ofMillis(pick(3000, 20_000)))
                : null)
        .maintained(
            stepped || random.nextInt(4) > 0
                ? Maintenance.NONE
                : Extras.window(from, from + 1 + random.nextInt(20_000)));
  }

  private Ask ask(String name, Depth depth, List<Fault> shared) {
    int steps = depth == Depth.DEEP ? 1 + random.nextInt(3) : 1;
    List<Fault> own =
        switch (random.nextInt(3)) {
          case 0 -> faults();
          case 1 -> shared;
          default -> shared.stream().filter(_ -> random.nextInt(4) > 0).toList();
        };
    return new Ask(
        name, depth, pick(500, 1000, 3000, 10_000), pick(300, 1000, 2000, 5000), steps, own);
  }

  private List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    long at = random.nextInt(8) == 0 ? 0 : random.nextInt(12_000);
    boolean alike = random.nextBoolean();
    Fault.Kind kind = KINDS[random.nextInt(KINDS.length)];
    while (at < end && faults.size() < 8) {
      long length = 1L + random.nextInt(pick(20, 300, 3000, 3000, 12_000, 12_000));
      faults.add(new Fault(at, at + length, alike ? kind : KINDS[random.nextInt(KINDS.length)]));
      long quiet = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(pick(300, 3000, 20_000));
      at += length + quiet;
    }
    return faults;
  }

  private List<Upset> upsets() {
    List<Upset> upsets = new ArrayList<>();
    boolean reboots = random.nextInt(4) == 0;
    long at = random.nextInt(10_000);
    int most = random.nextBoolean() ? 0 : 1 + random.nextInt(4);
    for (int i = 0; i < most; i++) {
      Kind kind =
          switch (random.nextInt(6)) {
            case 0 -> random.nextBoolean() ? Kind.PAUSE : Kind.SLEEP;
            case 1, 2 -> Kind.CUT;
            case 3 -> reboots ? Kind.REBOOT : Kind.STEP;
            default -> reboots ? Kind.REBOOT : Kind.KILL;
          };
      long length =
          kind == Kind.STEP
              ? random.nextInt(7_200_000) - 3_600_000
              : 1 + random.nextInt(pick(100, 2000, 10_000));
      Upset upset = new Upset(kind, at, length);
      upsets.add(upset);
      at = upset.end() + 1 + random.nextInt(pick(1000, 20_000));
    }
    upsets.sort(Comparator.comparingLong(Upset::at));
    return upsets;
  }

  private int pick(int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
