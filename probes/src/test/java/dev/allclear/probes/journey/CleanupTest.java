package dev.allclear.probes.journey;

import static dev.allclear.probes.journey.Trial.CLOCK;
import static dev.allclear.probes.journey.Trial.LOOPBACK;
import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Clock;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CleanupTest {

  private final MockWebServer server = new MockWebServer();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final StillClock clock = new StillClock();
  private int createStatus = 201;

  /// What passes on the still clock while an order is placed.
  private Duration ordering = Duration.ZERO;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
            return answer(request.getMethod() + " " + request.getTarget());
          }
        });
    Trial.start(server);
  }

  private MockResponse answer(String request) throws InterruptedException {
    return switch (request) {
      case "POST /orders" -> {
        clock.advance(ordering);
        yield new MockResponse.Builder().code(createStatus).body("{\"id\": 4711}").build();
      }
      case "GET /hang" -> {
        asked.countDown();
        hanging.await();
        yield new MockResponse.Builder().code(200).build();
      }
      case "GET /broken", "DELETE /broken" -> new MockResponse.Builder().code(503).build();
      default -> new MockResponse.Builder().code(200).build();
    };
  }

  @AfterEach
  void stop() {
    hanging.countDown();
    server.close();
  }

  private String url(String path) {
    return "http://shop.example:" + server.getPort() + path;
  }

  private Step order() {
    return post(url("/orders")).capture("order", Source.json("$.id")).named("order");
  }

  private static Trial.Draft delete(String url) {
    return new Trial.Draft("DELETE", url);
  }

  private static JourneyProbe probe(Journey journey, Clock clock) {
    return new JourneyProbe(journey, Depth.DEEP, clock, LOOPBACK);
  }

  private static Observation run(List<Step> steps, Step... cleanup) {
    return run(CLOCK, Duration.ofMinutes(1), steps, cleanup);
  }

  private static Observation run(Clock clock, Duration reserve, List<Step> steps, Step... cleanup) {
    Journey journey =
        Journey.of("checkout", Duration.ofMinutes(2), steps).cleanedUpBy(List.of(cleanup), reserve);
    return Trial.run(probe(journey, clock));
  }

  private List<String> requests() throws InterruptedException {
    List<String> requests = new ArrayList<>();
    for (int i = server.getRequestCount(); i > 0; i--) {
      RecordedRequest request = server.takeRequest();
      requests.add(request.getMethod() + " " + request.getTarget());
    }
    return requests;
  }

  private static List<String> told(List<StepRun> steps) {
    return steps.stream().map(CleanupTest::told).toList();
  }

  private static String told(StepRun step) {
    return step.name()
        + ": "
        + switch (step.outcome()) {
          case Outcome.Failed(Cause cause, String detail) -> cause.label() + " " + detail;
          case Outcome.Inconclusive(String reason) -> reason;
          case Outcome other -> other.isPass() ? "passed" : other.toString();
        };
  }

  @Test
  void cleansUpAfterAPass() throws InterruptedException {
    Observation seen = run(List.of(order()), delete(url("/orders/${order}")).named("cancel"));

    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(List.of("cancel: passed"), told(seen.cleanup()));
    assertEquals(List.of("POST /orders", "DELETE /orders/4711"), requests());
  }

  @Test
  void cleansUpAfterAFailureAndDoesNotHideIt() throws InterruptedException {
    Observation seen =
        run(
            List.of(order(), get(url("/broken")).named("pay"), get(url("/never")).named("book")),
            delete(url("/orders/${order}")).named("cancel"));

    assertEquals(Outcome.fail(Cause.STATUS, "status 503, expected 200-299"), seen.outcome());
    assertEquals("pay", seen.failedStep().orElseThrow().name());
    assertEquals(List.of("order", "pay"), seen.steps().stream().map(StepRun::name).toList());
    assertEquals(List.of("POST /orders", "GET /broken", "DELETE /orders/4711"), requests());
  }

  @Test
  void aCleanupThatFailsChangesNoOutcome() {
    Observation seen =
        run(
            List.of(order()),
            delete(url("/broken")).named("cancel"),
            delete(url("/orders/${order}")).named("forget"));

    assertEquals(Outcome.pass(), seen.outcome());
    assertTrue(seen.failedStep().isEmpty());
    assertEquals(
        List.of("cancel: status status 503, expected 200-299", "forget: passed"),
        told(seen.cleanup()));
  }

  @Test
  void movesNoBound() {
    Observation seen =
        run(
            List.of(order(), get(url("/broken")).named("pay")),
            delete(url("/orders/${order}")).named("cancel"));

    StepRun pay = seen.steps().getLast();
    StepRun cancel = seen.cleanup().getLast();
    assertEquals(pay.end(), seen.end());
    assertEquals(Bounds.between(pay.begin(), pay.end()), seen.proof());
    assertFalse(cancel.begin().isBefore(seen.end()));
    assertEquals(cancel.end(), seen.told());
  }

  @Test
  void skipsWhatWasNeverCaptured() throws InterruptedException {
    createStatus = 500;
    Observation seen =
        run(
            List.of(order()),
            delete(url("/orders/${order}")).named("cancel"),
            delete(url("/cart")).named("empty the cart"));

    assertEquals(
        List.of("cancel: skipped: no value for order", "empty the cart: passed"),
        told(seen.cleanup()));
    assertEquals(new Manner.Skipped("no value for order"), seen.cleanup().getFirst().manner());
    assertEquals(List.of("POST /orders", "DELETE /cart"), requests());
  }

  @Test
  void cleansUpNothingWhenNothingWasSent() throws InterruptedException {
    Observation seen =
        run(List.of(get(url("/${never}")).named("a")), delete(url("/cart")).named("empty"));

    assertEquals(Outcome.fail(Cause.EXTRACT, "no value for never"), seen.outcome());
    assertEquals(List.of(), seen.cleanup());
    assertEquals(List.of(), requests());
  }

  @Test
  void oneThatHangsLeavesTimeForTheOthers() {
    Observation seen =
        run(
            clock,
            Duration.ofSeconds(4),
            List.of(order()),
            get(url("/hang")).named("hang"),
            delete(url("/orders/${order}")).named("cancel"));

    assertEquals(Outcome.pass(), seen.outcome());
    assertTrue(
        told(seen.cleanup().getFirst()).startsWith("hang: timeout no answer within 2s "),
        () -> told(seen.cleanup().getFirst()));
    assertEquals("cancel: passed", told(seen.cleanup().getLast()));
  }

  @Test
  void theReserveIsKeptFromTheSteps() throws InterruptedException {
    ordering = Duration.ofMillis(29_700);
    Journey journey =
        Journey.of(
                "checkout",
                Duration.ofSeconds(50),
                List.of(order(), get(url("/hang")).named("pay")))
            .cleanedUpBy(
                List.of(delete(url("/orders/${order}")).named("cancel")), Duration.ofSeconds(20));
    Observation seen = Trial.run(probe(journey, clock));

    assertEquals(
        Outcome.fail(
            Cause.TIMEOUT, "the journey's deadline of 50s, less 20s for cleanup, ended \"pay\""),
        seen.outcome());
    assertEquals(List.of("cancel: passed"), told(seen.cleanup()));
    assertEquals("DELETE /orders/4711", requests().getLast());
  }

  @Test
  void anInterruptedRunStillCleansUp() throws InterruptedException {
    Journey journey =
        Journey.of(
                "checkout", Duration.ofMinutes(2), List.of(order(), get(url("/hang")).named("pay")))
            .cleanedUpBy(
                List.of(delete(url("/orders/${order}")).named("cancel")), Duration.ofSeconds(5));
    List<Observation> seen = new ArrayList<>();
    List<Boolean> stillInterrupted = new ArrayList<>();
    Thread runner =
        Thread.ofVirtual()
            .start(() -> {
              seen.add(probe(journey, clock).run());
              stillInterrupted.add(Thread.currentThread().isInterrupted());
            });
    asked.await();
    runner.interrupt();
    runner.join();

    assertEquals(Outcome.inconclusive("interrupted"), seen.getFirst().outcome());
    assertEquals(List.of("cancel: passed"), told(seen.getFirst().cleanup()));
    assertEquals(List.of(true), stillInterrupted);
  }
}
