package dev.allclear.agent.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.probes.Depth;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Bounds could contain the truth by being wide. Of one plain outage, with a cheap probe each
/// second, they are no wider than the interval, the retries and the time-outs explain.
final class PrecisionTest {
  private static final int HISTORIES = 500;
  private static final int EVERY = 1000;
  private static final int TIMEOUT = 2000;
  private static final long RETRY = 500;
  private static final long WAY = 20;

  @ParameterizedTest
  @EnumSource(names = {"ERRS", "HANGS", "SWALLOWS"})
  void boundsAreNoWiderThanTheScheduleExplains(Fault.Kind kind) {
    Widths widths = new Widths();
    int verified = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      verified += Simulation.play(plain(kind, seed), widths);
    }
    assertTrue(verified == HISTORIES, "verified " + verified);
    long onset = WAY + EVERY + (kind == Fault.Kind.ERRS ? 0 : TIMEOUT);
    long restored =
        switch (kind) {
          case ERRS, CRAWLS -> RETRY + WAY;
          case HANGS -> RETRY + TIMEOUT + WAY;
          // Of requests that were lost only one sent after the return tells of it.
          case SWALLOWS -> RETRY + TIMEOUT + RETRY + WAY;
        };
    assertTrue(widths.quantile("onset", 1) <= onset, widths::toString);
    assertTrue(widths.quantile("restored", 1) <= restored, widths::toString);
  }

  private static Scenario plain(Fault.Kind kind, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long broke = 6000L + random.nextInt(3000);
    long back = broke + 6000 + random.nextInt(20_000);
    Policy policy =
        new Policy(
            new Rto(Duration.ofMinutes(2), Rto.From.ONSET),
            3,
            4,
            3,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
    Ask ask =
        new Ask("ping", Depth.SHALLOW, EVERY, TIMEOUT, 1, List.of(new Fault(broke, back, kind)));
    return new Scenario(policy, List.of(ask), List.of(), 5, 0, 0, false, back + 25_000, seed);
  }
}
