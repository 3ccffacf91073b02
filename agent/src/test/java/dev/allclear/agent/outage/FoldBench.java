package dev.allclear.agent.outage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What one observation costs the fold, in nanoseconds of CPU: of a service with three probes, one
/// observation each second of every probe, over and over again.
final class FoldBench {
  private static final int ROUNDS = 15;
  private static final int OBSERVATIONS = 100_000;
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final Map<String, Depth> PROBES =
      Map.of("ping", Depth.SHALLOW, "buy", Depth.DEEP, "name", Depth.DNS);
  private static final Outcome FAIL = Outcome.fail(Cause.STATUS, "status 503");

  /// What others do on the same cores costs nothing.
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private FoldBench() {}

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
    out.printf(Locale.ROOT, "%-44s %8s %8s%n", "CPU nanoseconds per observation", "median", "95 %");
    measure(out, "healthy", stream(Integer.MAX_VALUE, 0));
    measure(out, "down", stream(Integer.MAX_VALUE, Integer.MAX_VALUE));
    measure(out, "an outage of a minute every five minutes", stream(900, 180));
  }

  /// Of every `cycle` observations the last `down` fail; if all do, then but for the first few.
  private static List<Observation> stream(int cycle, int down) {
    List<Observation> all = new ArrayList<>();
    List<String> names = List.copyOf(PROBES.keySet());
    for (int i = 0; i < OBSERVATIONS; i++) {
      String probe = names.get(i % names.size());
      Moment begin = at(i * 333L);
      boolean fails = i > 12 && cycle - i % cycle <= down;
      all.add(
          new Observation(
              probe,
              PROBES.getOrDefault(probe, Depth.DEEP),
              begin,
              begin.plus(Duration.ofMillis(30)),
              List.of(),
              fails ? FAIL : Outcome.pass()));
    }
    return all;
  }

  private static Moment at(long millis) {
    return new Moment(EPOCH.plusMillis(millis), millis * 1_000_000, 1);
  }

  private static void measure(PrintStream out, String what, List<Observation> observations) {
    double[] costs = new double[ROUNDS];
    int events = 0;
    for (int round = -ROUNDS; round < ROUNDS; round++) {
      long begin = CPU.getCurrentThreadCpuTime();
      events += fold(observations);
      costs[Math.max(0, round)] =
          (double) (CPU.getCurrentThreadCpuTime() - begin) / observations.size();
    }
    Arrays.sort(costs);
    out.printf(
        Locale.ROOT,
        "%-44s %8.0f %8.0f  (%d events)%n",
        what,
        costs[ROUNDS / 2],
        costs[ROUNDS * 95 / 100],
        events / (2 * ROUNDS));
  }

  private static int fold(List<Observation> observations) {
    Outage outage = new Outage(Story.policy());
    Health health = Health.unknown(Story.SHOP, PROBES);
    int events = 0;
    for (Observation observation : observations) {
      Outage.Decision decision = outage.decide(health, observation);
      events += decision.events().size();
      health = decision.health();
    }
    return events;
  }
}
