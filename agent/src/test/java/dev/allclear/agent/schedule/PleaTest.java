package dev.allclear.agent.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Rto;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Probe;
import dev.allclear.probes.Reply;
import dev.allclear.probes.Reply.Labels;
import dev.allclear.probes.StepRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PleaTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Outcome FAIL = Outcome.fail(Cause.STATUS, "status 503, expected 200-299");
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Check CHECK = new Check(SHOP, new Idle(), EVERY);

  private record Idle() implements Probe {
    @Override
    public String name() {
      return "ping";
    }

    @Override
    public Depth depth() {
      return Depth.SHALLOW;
    }

    @Override
    public Observation run() {
      throw new UnsupportedOperationException();
    }
  }

  private static Moment at(long second) {
    return new Moment(Instant.ofEpochSecond(second), second * 1_000_000_000, 1);
  }

  private static Observation seen(int status, @Nullable Duration retryAfter, long at) {
    Reply reply =
        new Reply.Http(
            "GET /", status, "h2", "", 0, Phases.NONE, List.of(), "", Labels.NONE, retryAfter);
    StepRun step = new StepRun("get", at(at), at(at), FAIL, reply);
    return new Observation("ping", Depth.SHALLOW, at(at), at(at), List.of(step), FAIL);
  }

  /// After so many fails, of which two confirm.
  private static Health after(int fails) {
    Rto rto = new Rto(Duration.ofMinutes(1), Rto.From.ONSET);
    Outage outage = new Outage(new Policy(rto, 2, 3, 1, Duration.ZERO, Duration.ofSeconds(1)));
    Health health = Health.unknown(SHOP, Map.of("ping", Depth.SHALLOW));
    for (int i = 0; i < fails; i++) {
      health = outage.decide(health, seen(503, null, i)).health();
    }
    return health;
  }

  private static Plea plea(int status, @Nullable Duration retryAfter, int fails) {
    return Plea.of(seen(status, retryAfter, 20), CHECK, after(fails));
  }

  @Test
  void tooManyRequestsIsObeyedForFiveMinutesAtMost() {
    assertEquals(new Plea(true, Duration.ZERO), plea(429, null, 0));
    assertEquals(new Plea(true, Duration.ofSeconds(40)), plea(429, Duration.ofSeconds(40), 0));
    assertEquals(new Plea(true, Plea.LONGEST), plea(429, Duration.ofDays(1), 2));
  }

  @Test
  void whatIsKnownToBeDownIsAskedNoMoreOftenThanWhileItWasHealthy() {
    assertEquals(new Plea(false, EVERY), plea(503, Duration.ofHours(1), 2));
    assertEquals(new Plea(false, Duration.ofSeconds(3)), plea(503, Duration.ofSeconds(3), 2));
  }

  @Test
  void whatIsNotConfirmedYetIsConfirmedAtOnce() {
    assertEquals(Plea.NONE, plea(503, Duration.ofHours(1), 1));
  }

  @Test
  void withoutAWishNothingIsWished() {
    assertEquals(Plea.NONE, plea(503, null, 2));
    assertEquals(Plea.NONE, plea(500, Duration.ofHours(1), 2));
  }
}
