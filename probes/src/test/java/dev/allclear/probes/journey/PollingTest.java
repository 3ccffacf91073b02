package dev.allclear.probes.journey;

import static dev.allclear.probes.journey.Trial.get;
import static dev.allclear.probes.journey.Trial.template;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Addresses;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.expect.Expectation;
import dev.allclear.probes.expect.Source;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PollingTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// As much of the limit as leaves no pause before it is over.
  private static final Duration NEARLY_ALL = LIMIT.minusMillis(10);

  private static final Expectation BOOKED = Expectation.json("$.state", template("booked"));

  private final MockWebServer server = new MockWebServer();
  private final StillClock clock = new StillClock();

  /// When each request came.
  private final List<Long> asked = new CopyOnWriteArrayList<>();

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

  /// So much time passes while the server answers the nth request.
  private void always(int status, String body, int nth, Duration passes) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            asked.add(System.nanoTime());
            if (asked.size() == nth) {
              clock.advance(passes);
            }
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

  private Observation run(Step... steps) {
    return run(Trial.LOOPBACK, steps);
  }

  private Observation run(Addresses addresses, Step... steps) {
    return Trial.run(Trial.probe(clock, Duration.ofMinutes(2), addresses, steps));
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
        waiting(get(url()).capture("id", Source.json("$.id")).named("booked"), LIMIT, BOOKED);
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

    assertEquals(1, tries(run(booked(LIMIT)).steps().getFirst()));
  }

  @Test
  void saysHowOftenItAskedAndWhatItFoundLast() {
    always(200, "{\"state\": \"pending\"}", 2, NEARLY_ALL);
    Observation seen = run(booked(LIMIT));

    StepRun step = seen.steps().getFirst();
    assertEquals(3, tries(step));
    assertEquals(
        Outcome.fail(
            Cause.ASSERTION,
            "did not hold within 30s (3 tries): $.state is \"pending\", expected \"booked\""),
        seen.outcome());
    assertEquals(Bounds.between(step.begin(), step.end()), seen.proof());
    assertEquals(NEARLY_ALL, step.length());
    assertEquals(seen.end(), step.end());
  }

  @Test
  void anUnwantedStatusIsAskedAgainAndIsTheCauseInTheEnd() {
    always(503, "", 2, NEARLY_ALL);

    assertEquals(
        Outcome.fail(
            Cause.STATUS,
            "did not hold within 30s (3 tries): status 503, expected 200-299; body is no JSON, no $.state, expected \"booked\""),
        run(booked(LIMIT)).outcome());
  }

  @Test
  void aRefusedConnectionIsAskedAgainAndIsTheCauseInTheEnd() throws IOException {
    AtomicInteger lookups = new AtomicInteger();
    Addresses passing =
        host -> {
          if (lookups.incrementAndGet() == 2) {
            clock.advance(NEARLY_ALL);
          }
          return Trial.LOOPBACK.of(host);
        };
    try (Socket bound = Trial.deaf()) {
      int port = bound.getLocalPort();
      Step step = waiting(get("http://shop.example:" + port).named("up"), LIMIT, BOOKED);

      assertEquals(
          Outcome.fail(
              Cause.CONNECT,
              "did not hold within 30s (3 tries): cannot connect to 127.0.0.1:%d: Connection refused"
                  .formatted(port)),
          run(passing, step).outcome());
    }
  }

  @Test
  void whatIsExpectedMustHoldInTheAnswerThatEndsTheWaiting() {
    enqueue(200, "{\"state\": \"pending\"}");
    enqueue(200, "{\"state\": \"booked\", \"total\": 11}");
    Step step =
        waiting(get(url()).expect(Expectation.json("$.total", 10)).named("booked"), LIMIT, BOOKED);
    Observation seen = run(step);

    assertEquals(Outcome.fail(Cause.ASSERTION, "$.total is 11, expected 10"), seen.outcome());
    assertEquals(2, tries(seen.steps().getFirst()));
  }

  @Test
  void waitsForAStatusWithoutExpectingAnother() {
    enqueue(200, "");
    enqueue(404, "");
    Observation seen = run(waiting(get(url()).named("gone"), LIMIT, Expectation.status("404")));

    assertEquals(Outcome.pass(), seen.outcome());
    assertEquals(2, tries(seen.steps().getFirst()));
  }

  /// The second attempt would come long after the limit.
  @Test
  void theLastAttemptComesJustBeforeTheLimit() {
    always(200, "{\"state\": \"pending\"}", 0, Duration.ZERO);
    Observation seen = run(seldom(Duration.ofSeconds(3)));

    assertEquals(
        Outcome.fail(
            Cause.ASSERTION,
            "did not hold within 3s (2 tries): $.state is \"pending\", expected \"booked\""),
        seen.outcome());
    Duration pause = Duration.ofNanos(asked.getLast() - asked.getFirst());
    assertTrue(pause.compareTo(Duration.ofMillis(2900)) >= 0, pause::toString);
  }

  /// As long as two of the last.
  @Test
  void theLastAttemptHasRoom() {
    always(200, "{\"state\": \"pending\"}", 1, Duration.ofMillis(9900));
    Observation seen = run(seldom(LIMIT));

    assertEquals(
        Outcome.fail(
            Cause.ASSERTION,
            "did not hold within 30s (2 tries): $.state is \"pending\", expected \"booked\""),
        seen.outcome());
  }

  @Test
  void aLimitWithoutRoomForALastAttemptEndsWithTheOneBefore() {
    always(200, "{\"state\": \"pending\"}", 1, Duration.ofMillis(10_100));

    assertEquals(
        Outcome.fail(
            Cause.ASSERTION,
            "did not hold within 30s (1 try): $.state is \"pending\", expected \"booked\""),
        run(seldom(LIMIT)).outcome());
  }

  private Step seldom(Duration limit) {
    Until until = new Until(List.of(BOOKED), Duration.ofHours(1), limit);
    Step step = get(url()).named("booked");
    return step.conducted(step.conduct().until(until));
  }

  /// The second has half a second, and what it does not answer in takes a whole one.
  @Test
  void anAnswerCutShortSaysLessThanTheOneBefore() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            asked.add(System.nanoTime());
            boolean first = asked.size() == 1;
            clock.advance(first ? LIMIT.minusMillis(500) : Duration.ofSeconds(1));
            MockResponse.Builder answer =
                new MockResponse.Builder().body("{\"state\": \"pending\"}");
            return first
                ? answer.build()
                : answer.onResponseStart(SocketEffect.Stall.INSTANCE).build();
          }
        });
    Observation seen = run(booked(LIMIT));

    assertEquals(
        Outcome.fail(
            Cause.ASSERTION,
            "did not hold within 30s (%d tries): $.state is \"pending\", expected \"booked\""
                .formatted(tries(seen.steps().getFirst()))),
        seen.outcome());
    assertTrue(tries(seen.steps().getFirst()) > 1, seen::toString);
  }

  @Test
  void theDeadlineOfTheJourneyIsTheFaultOfAllSteps() {
    always(200, "{\"state\": \"pending\"}", 3, NEARLY_ALL);
    Step first = get(url()).named("order");
    Observation seen =
        Trial.run(Trial.probe(clock, LIMIT, Trial.LOOPBACK, first, booked(Duration.ofMinutes(1))));

    assertEquals(
        Outcome.fail(Cause.TIMEOUT, "the journey's deadline of 30s ended \"booked\""),
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
    Step step = get(url()).named("booked").conducted(Conduct.within(LIMIT).until(forever));
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
