package dev.allclear.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.schedule.Purpose;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What was sent is counted, and what for.
final class RequestMetersTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Moment NOW = new Moment(Instant.EPOCH, 0, 1);
  private static final Duration SOME = Duration.ofMillis(1);
  private static final Duration NONE = Duration.ZERO;

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final RequestMeters meters = new RequestMeters(registry);

  private static Observation run(Cause cause, Phases phases) {
    Outcome outcome = Outcome.fail(cause, "no");
    Reply reply = new Reply.Http("GET /", 0, "", "192.0.2.1", 0, phases);
    StepRun step = new StepRun("get", NOW, NOW, outcome, reply);
    return new Observation("detect", Depth.SHALLOW, NOW, NOW, List.of(step), outcome);
  }

  private double count(String purpose) {
    return registry.get("allclear.requests").tag("purpose", purpose).counter().count();
  }

  @Test
  void whoIsRefusedHasSentNothing() {
    Phases refused = new Phases(NONE, SOME, NONE, NONE, NONE, NONE);
    meters.asked(SHOP, Purpose.RETRY, run(Cause.CONNECT, refused));
    assertEquals(0, count("retry"));
  }

  @Test
  void neitherHasWhoTrustsNobody() {
    Phases distrusted = new Phases(NONE, SOME, SOME, NONE, NONE, NONE);
    meters.asked(SHOP, Purpose.CONFIRM, run(Cause.TLS, distrusted));
    assertEquals(0, count("confirm"));
  }

  @Test
  void whoWaitsInVainHas() {
    Phases hung = new Phases(NONE, SOME, NONE, SOME, SOME, NONE);
    meters.asked(SHOP, Purpose.RETRY, run(Cause.TIMEOUT, hung));
    meters.asked(SHOP, Purpose.POLL, run(Cause.STATUS, hung));
    meters.pinged(SHOP);
    assertEquals(1, count("retry"));
    assertEquals(1, count("poll"));
    assertEquals(1, count("ping"));
  }
}
