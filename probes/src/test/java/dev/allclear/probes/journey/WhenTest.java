package dev.allclear.probes.journey;

import static dev.allclear.probes.journey.Trial.CLOCK;
import static dev.allclear.probes.journey.Trial.LOOPBACK;
import static dev.allclear.probes.journey.Trial.failed;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.expect.Cel;
import dev.allclear.probes.expect.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Steps that are taken only under a condition, and journeys with an objective.
final class WhenTest {

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().addHeader("X-Tier", "silver").build();
          }
        });
    Trial.start(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Trial.Draft ask() {
    return get("http://shop.example:" + server.getPort());
  }

  private Step login() {
    return ask().capture("tier", Source.header("X-Tier")).named("log in");
  }

  private static Step when(String condition, Step step) {
    return step.conducted(step.conduct().when(Cel.ofVariables(condition)));
  }

  @Test
  void aStepIsTakenWhenItsConditionHolds() {
    Observation seen = run(login(), when("vars.tier == \"silver\"", ask().named("silver")));

    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(2, server.getRequestCount());
  }

  @Test
  void aStepIsSkippedWhenItDoesNotAndTheRunGoesOn() {
    Observation seen =
        run(login(), when("vars.tier == \"gold\"", ask().named("gold")), ask().named("last"));

    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(
        new Manner.Skipped("vars.tier == \"gold\" is false"), seen.steps().get(1).manner());
    assertEquals(
        Outcome.inconclusive("skipped: vars.tier == \"gold\" is false"),
        seen.steps().get(1).outcome());
    assertEquals("last", seen.steps().getLast().name());
    assertEquals(2, server.getRequestCount());
  }

  @Test
  void aRunThatAskedNothingEstablishedNothing() {
    assertEquals(
        Outcome.inconclusive("every step was skipped"),
        run(when("1 == 2", ask().named("never"))).outcome());
  }

  @Test
  void aConditionThatCannotBeDecidedFails() {
    Outcome.Failed failed =
        assertInstanceOf(
            Outcome.Failed.class, run(when("vars.none == \"x\"", ask().named("a"))).outcome());

    assertEquals(Cause.EXTRACT, failed.cause());
    assertTrue(failed.detail().startsWith("`when` cannot be decided: "), failed::detail);
  }

  @Test
  void aPassThatTookLongerThanItsObjectiveIsSlow() {
    Journey journey = Journey.of("checkout", Duration.ofSeconds(20), List.of(login()));
    Observation quick = Trial.run(probe(journey.within(Duration.ofSeconds(20))));
    Observation slow = Trial.run(probe(journey.within(Duration.ofNanos(1))));

    assertEquals(Outcome.pass(), quick.outcome());
    String detail = assertInstanceOf(Outcome.Slow.class, slow.outcome()).detail();
    assertTrue(
        detail.matches("the journey took [0-9.]+m?s, its objective is 0\\.000000001s"), detail);
    assertTrue(slow.outcome().isPass());
  }

  @Test
  void aFailureIsNotSlow() {
    Journey journey =
        Journey.of(
            "checkout",
            Duration.ofSeconds(20),
            List.of(ask().capture("id", Source.header("X-Id")).named("a")));
    Observation seen = Trial.run(probe(journey.within(Duration.ofNanos(1))));

    assertEquals(
        failed(Cause.EXTRACT, "cannot capture id: header X-Id is missing"), seen.outcome());
  }

  private static JourneyProbe probe(Journey journey) {
    return new JourneyProbe(journey, Depth.DEEP, CLOCK, LOOPBACK);
  }
}
