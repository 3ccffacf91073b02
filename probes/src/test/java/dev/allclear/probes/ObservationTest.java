package dev.allclear.probes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObservationTest {

  private static final Moment ZERO = new Moment(Instant.parse("2026-01-01T00:00:00Z"), 0, 1);
  private static final Outcome REFUSED = Outcome.fail(Cause.CONNECT, "Connection refused");
  private static final Outcome LATE = Outcome.fail(Cause.TIMEOUT, "no answer within 2s");

  private static Moment at(long millis) {
    return ZERO.plus(Duration.ofMillis(millis));
  }

  private static StepRun step(long begin, long end, Outcome outcome, Reply reply) {
    return new StepRun("step", at(begin), at(end), outcome, reply);
  }

  private static Observation observation(Outcome outcome, StepRun... steps) {
    return new Observation("p", Depth.DEEP, at(0), at(100), List.of(steps), outcome);
  }

  private static Phases phases(
      long dns, long connect, long tls, long send, long wait, long receive) {
    return new Phases(
        Duration.ofMillis(dns),
        Duration.ofMillis(connect),
        Duration.ofMillis(tls),
        Duration.ofMillis(send),
        Duration.ofMillis(wait),
        Duration.ofMillis(receive));
  }

  @Test
  void aPassIsProvenByTheWholeRun() {
    StepRun step = step(20, 100, Outcome.pass(), Reply.nothing());
    assertEquals(Bounds.between(at(0), at(100)), observation(Outcome.pass(), step).proof());
  }

  @Test
  void aFailureIsProvenByItsStep() {
    StepRun good = step(0, 40, Outcome.pass(), Reply.nothing());
    StepRun bad = step(40, 100, REFUSED, Reply.nothing());
    Observation seen = observation(REFUSED, good, bad);
    assertEquals(Optional.of(bad), seen.failedStep());
    assertEquals(Bounds.between(at(40), at(100)), seen.proof());
  }

  @Test
  void aFailureOfNoSingleStepIsProvenByTheWholeRun() {
    StepRun cut = step(40, 100, Outcome.inconclusive("cut"), Reply.nothing());
    assertEquals(Bounds.between(at(0), at(100)), observation(LATE, cut).proof());
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10, 10, 10, 60, 0, 40", // no answer: when the request had left
    "10, 10, 10, 10, 20, 40, 40", // no complete answer: the same
    "10, 10, 10, 70, 0, 0, 30", // stuck while sending: when that began
    "10, 10, 80, 0, 0, 0, 20", // in the TLS handshake: its first message
    "10, 90, 0, 0, 0, 0, 10", // while connecting: the first packet
    "100, 0, 0, 0, 0, 0, 0", // while looking up: the begin
  })
  void aTimeoutLikelyBeganWhereItWasStuck(
      long dns, long connect, long tls, long send, long wait, long receive, long likely) {
    Phases phases = phases(dns, connect, tls, send, wait, receive);
    Reply reply = new Reply.Http("GET /", 0, "", "", 0, phases);
    assertEquals(
        new Bounds(at(0), at(likely), at(100)),
        observation(LATE, step(0, 100, LATE, reply)).proof());
    assertEquals(Duration.ofMillis(100), phases.total());
  }

  @Test
  void refusesAnEndBeforeItsBegin() {
    assertThrows(IllegalArgumentException.class, () -> step(2, 1, REFUSED, Reply.nothing()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Observation("p", Depth.DEEP, at(2), at(1), List.of(), REFUSED));
  }

  @Test
  void aLocalCauseIsNoFailure() {
    assertEquals(
        "a local cause proves nothing: use Inconclusive",
        assertThrows(IllegalArgumentException.class, () -> Outcome.fail(Cause.LOCAL, "x"))
            .getMessage());
  }
}
