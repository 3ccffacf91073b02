package dev.allclear.agent.cli;

import dev.allclear.probes.Probe;
import dev.allclear.probes.journey.JourneyProbe;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// What decides the chance in the runs of one probe: the first seed, and one more for each run
/// after it.
final class Seeds {
  /// Every number up to here is exact to all who read JSON.
  private static final long MOST = 1L << 53;

  private final Probe probe;
  private final long first;
  private final boolean random;

  private Seeds(Probe probe, long first, boolean random) {
    this.probe = probe;
    this.first = first;
    this.random = random;
  }

  /// Beginning with the one that is given, if it is.
  static Seeds of(Probe probe, @Nullable Long given) throws Refusal {
    boolean random = probe instanceof JourneyProbe journey && journey.isRandom();
    if (given != null && !random) {
      throw new Refusal(
          ExitCode.USAGE, "`%s` leaves nothing to chance; remove --seed".formatted(probe.name()));
    }
    return new Seeds(probe, given == null ? new SecureRandom().nextLong(MOST) : given, random);
  }

  /// The probe for the run.
  Probe probe(int run) {
    return random && probe instanceof JourneyProbe journey ? journey.seeded(first + run) : probe;
  }

  /// Null if nothing is left to chance.
  @Nullable Long of(int run) {
    return random ? first + run : null;
  }
}
