package dev.allclear.agent.recovery;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Suspicions, made up: of runs in a row, `F` fails and `P` passes, each begins 200 ms after the
/// one before and takes 10 ms. A dot is a pause of ten seconds.
public final class Seen {
  public static final Cell SHOP = new Cell("shop", Cell.GLOBAL);

  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration PACE = Duration.ofMillis(200);
  private static final Duration LENGTH = Duration.ofMillis(10);

  private Seen() {}

  /// So many milliseconds into the year.
  public static Moment at(long millis) {
    Instant epoch = Instant.parse("2026-01-01T00:00:00Z");
    return new Moment(epoch.plusMillis(millis), millis * 1_000_000, 1);
  }

  /// As an agent with this threshold keeps it, the first fail at `begin`.
  public static Suspicion of(Threshold threshold, Moment begin, String runs) {
    Policy policy =
        new Policy(
            new Rto(Duration.ofMinutes(1), Rto.From.ONSET),
            threshold.fails(),
            threshold.of(),
            3,
            Duration.ofSeconds(1),
            Duration.ofMinutes(5));
    Outage outage = new Outage(policy);
    Health health =
        Health.unknown(SHOP, Map.of("detect", Depth.SHALLOW)).after(new Event.Healthy(begin));
    health = outage.decide(health, run('P', begin.minus(PAUSE))).health();
    Suspicion seen = null;
    Moment at = begin;
    for (int i = 0; i < runs.length(); i++) {
      char each = runs.charAt(i);
      if (each == '.') {
        at = at.plus(PAUSE);
        continue;
      }
      Observation run = run(each, at);
      health = outage.decide(health, run).health();
      seen = seen == null ? Suspicion.raised(run, health, policy) : seen.after(run, health);
      at = at.plus(PACE);
    }
    return Objects.requireNonNull(seen);
  }

  private static Observation run(char letter, Moment begin) {
    Outcome outcome =
        letter == 'P' ? Outcome.pass() : Outcome.fail(Cause.STATUS, "status 503, expected 200");
    return new Observation("detect", Depth.SHALLOW, begin, begin.plus(LENGTH), List.of(), outcome);
  }
}
