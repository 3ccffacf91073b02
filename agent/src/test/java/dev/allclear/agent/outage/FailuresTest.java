package dev.allclear.agent.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FailuresTest {
  private static final Moment NOON = new Moment(Instant.parse("2026-01-01T12:00:00Z"), 0, 1);

  private static Observation run(String probe, String step, Outcome outcome) {
    StepRun only = new StepRun(step, NOON, NOON, outcome, Reply.nothing());
    return new Observation(probe, Depth.DEEP, NOON, NOON, List.of(only), outcome);
  }

  private static Outcome fail(Cause cause) {
    return Outcome.fail(cause, "detail");
  }

  @Test
  void countsWhatItDoesNotKeep() {
    Failures failures =
        Failures.NONE
            .after(run("checkout", "pay", fail(Cause.STATUS)))
            .after(run("checkout", "pay", fail(Cause.STATUS)))
            .after(run("checkout", "pay", Outcome.pass()))
            .after(run("checkout", "pay", Outcome.inconclusive("interrupted")));

    assertEquals(1, failures.fresh().size());
    assertEquals(2, failures.runs());
  }

  @Test
  void forgetsWhatIsWrittenDownButNotItsKind() {
    Failures failures = Failures.NONE.after(run("checkout", "pay", fail(Cause.STATUS))).written();

    assertEquals(List.of(), failures.fresh());
    assertEquals(List.of(), failures.after(run("checkout", "pay", fail(Cause.STATUS))).fresh());
    assertEquals(1, failures.after(run("checkout", "pay", fail(Cause.TIMEOUT))).fresh().size());
  }

  /// Whatever happens, in whatever order it is written down, and however often the agent restarts.
  @Test
  void keepsTheFirstOfEachKindAndNeverMoreThanTen() {
    Cause[] causes = {Cause.DNS, Cause.STATUS, Cause.TIMEOUT};
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Failures failures = Failures.NONE;
      Failed written = Failed.NOTHING;
      Set<Failure.Kind> kinds = new HashSet<>();
      long runs = random.nextInt(300);
      for (int i = 0; i < runs; i++) {
        Observation seen =
            run("p" + random.nextInt(3), "s" + random.nextInt(4), fail(causes[random.nextInt(3)]));
        kinds.add(Failure.of(seen).orElseThrow().kind());
        failures = failures.after(seen);
        if (random.nextInt(5) == 0) {
          written = writtenDown(written, failures);
          failures = random.nextBoolean() ? Failures.resumed(written) : failures.written();
        }
      }
      written = writtenDown(written, failures);
      assertEquals(Math.min(kinds.size(), Failures.MOST), written.kept().size(), "seed " + seed);
      assertEquals(
          written.kept().size(),
          written.kept().stream().map(Failure::kind).distinct().count(),
          "seed " + seed);
      assertTrue(kinds.containsAll(written.kept().stream().map(Failure::kind).toList()));
      assertEquals(runs, written.runs(), "seed " + seed);
    }
  }

  private static Failed writtenDown(Failed before, Failures failures) {
    List<Failure> kept = new ArrayList<>(before.kept());
    kept.addAll(failures.fresh());
    return new Failed(failures.runs(), kept);
  }
}
