package dev.allclear.probes.journey;

import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.run;
import static dev.allclear.probes.journey.Trial.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

final class PollingTest {

  private static final byte[] LOCAL = {127, 0, 0, 1};
  private static final Expectation BOOKED = Expectation.json("$.state", template("booked"));

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    Trial.start(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url() {
    return "http://shop.example:" + server.getPort() + "/orders/1";
  }

  private void enqueue(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private void always(int status, String body) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(status).body(body).build();
          }
        });
  }

  private static Step waiting(Step step, Duration limit, Expectation... awaited) {
    Until until = new Until(List.of(awaited), Duration.ofMillis(20), limit);
    return step.conducted(step.conduct().until(until));
  }

  private Step booked(Duration limit) {
    return waiting(get(url()).named("booked"), limit, BOOKED);
  }

  private static int tries(StepRun step) {
    return assertInstanceOf(Manner.Polled.class, step.manner()).tries();
  }

  @Test
  void asksUntilItHolds() {
    enqueue(200, "{\"state\": \"pending\"}");
    enqueue(500, "{\"state\": \"booked\"}");
    enqueue(404, "not yet");
    enqueue(200, "{\"state\": \"booked\", \"id\": 9}");
    enqueue(200, "");
    Step first =
        waiting(
            get(url()).capture("id", Source.json("$.id")).named("booked"),
            Duration.ofSeconds(10),
            BOOKED);
    Observation seen = run(first, get(url() + "?${id}").named("after"));

    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(2, seen.steps().size());
    assertEquals(4, tries(seen.steps().getFirst()));
    assertEquals(200, Trial.http(seen, 0).status());
    assertEquals(seen.begin(), seen.steps().getFirst().begin());
  }

  @Test
  void asksOnceIfItHoldsAtOnce() {
    enqueue(200, "{\"state\": \"booked\"}");

    assertEquals(1, tries(run(booked(Duration.ofSeconds(10))).steps().getFirst()));
  }

  @Test
  void saysHowOftenItAskedAndWhatItFoundLast() {
    always(200, "{\"state\": \"pending\"}");
    Observation seen = run(booked(Duration.ofSeconds(1)));

    StepRun step = seen.steps().getFirst();
    assertTrue(tries(step) > 1, step::toString);
    assertEquals(
        Outcome.fail(
            Cause.ASSERTION,
            "did not hold within 1s (%d tries): $.state is \"pending\", expected \"booked\""
                .formatted(tries(step))),
        seen.outcome());
    assertEquals(Bounds.between(step.begin(), step.end()), seen.proof());
    assertEquals(seen.end(), step.end());
  }

  @Test
  void anUnwantedStatusIsAskedAgainAndIsTheCauseInTheEnd() {
    always(503, "");
    Observation seen = run(booked(Duration.ofSeconds(1)));

    assertEquals(
        Outcome.fail(
            Cause.STATUS,
            "did not hold within 1s (%d tries): status 503, expected 200-299; body is no JSON, no $.state, expected \"booked\""
                .formatted(tries(seen.steps().getFirst()))),
        seen.outcome());
  }

  @Test
  void aRefusedConnectionIsAskedAgainAndIsTheCauseInTheEnd() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByAddress(LOCAL))) {
      port = closed.getLocalPort();
    }
    Step step =
        waiting(get("http://shop.example:" + port).named("up"), Duration.ofSeconds(1), BOOKED);
    Observation seen = run(step);

    assertEquals(
        Outcome.fail(
            Cause.CONNECT,
            "did not hold within 1s (%d tries): cannot connect to 127.0.0.1:%d: Connection refused"
                .formatted(tries(seen.steps().getFirst()), port)),
        seen.outcome());
  }

  @Test
  void whatIsExpectedMustHoldInTheAnswerThatEndsTheWaiting() {
    enqueue(200, "{\"state\": \"pending\"}");
    enqueue(200, "{\"state\": \"booked\", \"total\": 11}");
    Step step =
        waiting(
            get(url()).expect(Expectation.json("$.total", 10)).named("booked"),
            Duration.ofSeconds(10),
            BOOKED);
    Observation seen = run(step);

    assertEquals(Outcome.fail(Cause.ASSERTION, "$.total is 11, expected 10"), seen.outcome());
    assertEquals(2, tries(seen.steps().getFirst()));
  }

  @Test
  void waitsForAStatusWithoutExpectingAnother() {
    enqueue(200, "");
    enqueue(404, "");
    Observation seen =
        run(waiting(get(url()).named("gone"), Duration.ofSeconds(10), Expectation.status("404")));

    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(2, tries(seen.steps().getFirst()));
  }

  /// The second attempt would come long after the limit.
  @Test
  void theLastAttemptComesJustBeforeTheLimit() {
    enqueue(200, "{\"state\": \"pending\"}");
    enqueue(200, "{\"state\": \"booked\"}");
    Observation seen = run(seldom(Duration.ofSeconds(2)));

    StepRun step = seen.steps().getFirst();
    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(2, tries(step));
    assertTrue(step.length().compareTo(Duration.ofMillis(500)) > 0, step::toString);
  }

  @Test
  void thereIsOneLastAttempt() {
    always(200, "{\"state\": \"pending\"}");
    Observation seen = run(seldom(Duration.ofSeconds(2)));

    assertEquals(
        Outcome.fail(
            Cause.ASSERTION,
            "did not hold within 2s (2 tries): $.state is \"pending\", expected \"booked\""),
        seen.outcome());
  }

  @Test
  void aLimitWithoutRoomForALastAttemptEndsWithTheOneBefore() {
    always(200, "{\"state\": \"pending\"}");

    assertEquals(
        Outcome.fail(
            Cause.ASSERTION,
            "did not hold within 0.09s (1 try): $.state is \"pending\", expected \"booked\""),
        run(seldom(Duration.ofMillis(90))).outcome());
  }

  private Step seldom(Duration limit) {
    Until until = new Until(List.of(BOOKED), Duration.ofHours(1), limit);
    Step step = get(url()).named("booked");
    return step.conducted(step.conduct().until(until));
  }

  @Test
  void anAnswerCutShortSaysLessThanTheOneBefore() {
    enqueue(200, "{\"state\": \"pending\"}");
    Observation seen = run(booked(Duration.ofSeconds(1)));

    assertEquals(
        Outcome.fail(
            Cause.ASSERTION,
            "did not hold within 1s (2 tries): $.state is \"pending\", expected \"booked\""),
        seen.outcome());
  }

  @Test
  void theDeadlineOfTheJourneyIsTheFaultOfAllSteps() {
    always(200, "{\"state\": \"pending\"}");
    Step first = get(url()).named("order");
    Observation seen =
        run(
            Trial.probe(
                Duration.ofSeconds(1), Trial.LOOPBACK, first, booked(Duration.ofSeconds(10))));

    assertEquals(
        Outcome.fail(Cause.TIMEOUT, "the journey's deadline of 1s ended \"booked\""),
        seen.outcome());
    assertEquals(Bounds.between(seen.begin(), seen.end()), seen.proof());
  }

  @Test
  void anInterruptEndsThePause() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            asked.countDown();
            return new MockResponse.Builder().code(500).build();
          }
        });
    Until forever = new Until(List.of(BOOKED), Duration.ofSeconds(5), Duration.ofSeconds(15));
    Step step =
        get(url()).named("booked").conducted(Conduct.within(Duration.ofSeconds(10)).until(forever));
    List<Observation> seen = new ArrayList<>();
    Thread runner =
        Thread.ofVirtual()
            .start(() -> seen.add(Trial.probe(Duration.ofSeconds(20), Trial.LOOPBACK, step).run()));
    asked.await();
    runner.interrupt();
    runner.join();

    assertEquals(Outcome.inconclusive("interrupted"), seen.getFirst().outcome());
  }
}
