package dev.allclear.agent.cli;

import static dev.allclear.agent.cli.Past.at;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Evidence;
import dev.allclear.probes.Manner;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaterfallTest {
  private static final PrintWriter NOWHERE = new PrintWriter(new StringWriter());

  private static final StepRun LOGIN =
      new StepRun("log in", at(3), at(64), Outcome.pass(), http("login", 200, 31));

  @Test
  void showsWhenEachStepRanAndWhereItsTimeWent() {
    StepRun pay = new StepRun("pay", at(64), at(131), Outcome.pass(), http("orders", 201, 44));

    assertEquals(
        """
        checkout passed in 131ms
          log in               |==ddswwwwwwwww                |     61ms  passed
              POST http://shop.example/login -> 200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, send 1ms, wait 41ms, receive 3ms
          pay                  |              ====dcwwwwwwwwwr|     67ms  passed
              POST http://shop.example/orders -> 201 http/1.1 from 192.0.2.1, 44 bytes
              dns 7ms, connect 2ms, send 1ms, wait 41ms, receive 3ms
                                d dns  c connect  s send  w wait  r receive
        """,
        text(false, journey(131, List.of(LOGIN, pay), Outcome.pass())));
  }

  @Test
  void saysUnderTheFailingStepWhatIsWrong() {
    Outcome refused = Outcome.fail(Cause.CONNECT, "connection refused");
    StepRun pay = new StepRun("pay", at(64), at(67), refused, http("orders", 0, 0));

    assertEquals(
        """
        checkout failed in 67ms
          log in               | ===ddddcwwwwwwwwwwwwwwwwwwr  |     61ms  passed
              POST http://shop.example/login -> 200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, send 1ms, wait 41ms, receive 3ms
          pay                  |                            dc|      3ms  failed
              POST http://shop.example/orders -> no answer
              dns 7ms, connect 2ms, send 1ms
                                d dns  c connect  s send  w wait  r receive
        pay: connection refused (connect)
        """,
        text(false, journey(67, List.of(LOGIN, pay), refused)));
  }

  @Test
  void saysWhyARunProvesNothing() {
    Outcome cut = Outcome.inconclusive("interrupted");
    StepRun pay = new StepRun("pay", at(64), at(64), cut, Reply.nothing());

    assertEquals(
        """
        checkout inconclusive in 64ms
          log in               | ====dddcwwwwwwwwwwwwwwwwwwwwr|     61ms  passed
              POST http://shop.example/login -> 200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, send 1ms, wait 41ms, receive 3ms
          pay                  |                             =|       0s  inconclusive
                                d dns  c connect  s send  w wait  r receive
        nothing is proved: interrupted
        """,
        text(false, journey(64, List.of(LOGIN, pay), cut)));
  }

  @Test
  void saysInTheEndWhatNoStepIsToBlameFor() {
    StepRun one = lookup("one", List.of("192.0.2.1"));
    StepRun two = lookup("two", List.of());
    Outcome differ =
        Outcome.fail(Cause.ASSERTION, "one says 192.0.2.1 (ttl 60s); two says nothing");
    Observation lookups =
        new Observation("shop.example", Depth.DNS, at(0), at(9), List.of(one, two), differ);

    assertEquals(
        """
        shop.example failed in 9ms
          one                  |==========================    |      8ms  passed
              NOERROR 192.0.2.1 ttl 60s
          two                  |==========================    |      8ms  passed
              NOERROR (no record)
        one says 192.0.2.1 (ttl 60s); two says nothing (assertion)
        """,
        text(false, lookups));
  }

  @Test
  void showsHowStepsWereTakenAndWhatWasTidiedUp() {
    Outcome held = Outcome.fail(Cause.ASSERTION, "did not hold within 60ms (21 tries): no state");
    StepRun booked = LOGIN.in(new Manner.Polled(21), at(3), at(64), held);
    Manner burst = new Manner.Burst(20, ms(2), ms(31), ms(5));
    StepRun many = LOGIN.in(burst, at(0), at(3), Outcome.pass());
    Outcome gone = Outcome.fail(Cause.STATUS, "status 404, expected 200-299");
    Observation seen =
        new Observation(
            "checkout",
            Depth.DEEP,
            at(0),
            at(64),
            List.of(many, StepRun.skipped("gold", at(3), "vars.tier == \"gold\" is false"), booked),
            held,
            List.of(
                LOGIN.in(Manner.once(), at(64), at(128), gone),
                StepRun.skipped("cancel", at(128), "no value for order")));

    assertEquals(
        """
        checkout failed in 64ms
          log in               |r                             |      3ms  passed
              20 at once: 2ms to 5ms, median 31ms
              POST http://shop.example/login -> 200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, send 1ms, wait 41ms, receive 3ms
          gold                 |                              |           skipped
              vars.tier == "gold" is false
          log in               |==ddswwwwwwwwwr               |     61ms  failed
              21 tries
              POST http://shop.example/login -> 200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, send 1ms, wait 41ms, receive 3ms
          cleanup, which decides nothing:
          log in               |               ==ddswwwwwwwwwr|     64ms  failed
              POST http://shop.example/login -> 200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, send 1ms, wait 41ms, receive 3ms
              status 404, expected 200-299
          cancel               |                              |           skipped
              no value for order
                                d dns  c connect  s send  w wait  r receive
        log in: did not hold within 60ms (21 tries): no state (assertion)
        """,
        text(false, seen));
  }

  @Test
  void showsRedirectsAndBreaksLongLines() {
    Reply reply =
        new Reply.Http(
            "GET https://shop.example/" + "a".repeat(60),
            200,
            "h2",
            "192.0.2.1",
            44,
            new Phases(ms(0), ms(0), ms(0), ms(0), ms(20), ms(0)),
            List.of(new Reply.Hop(302, "https://shop.example/login", ms(8))),
            "4bf92f3577b34da6a3ce929d0e0e4736",
            new Reply.Labels("eu-1", "1.4.2"));
    StepRun step = new StepRun("a step whose name is long", at(0), at(20), Outcome.pass(), reply);

    assertEquals(
        """
        checkout passed in 20ms
          a step whose name i… |wwwwwwwwwwwwwwwwwwwwwwwwwwwwww|     20ms  passed
              GET https://shop.example/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              -> 302 to https://shop.example/login after 8ms
              -> 200 h2 from 192.0.2.1, 44 bytes
              wait 20ms
              served-by eu-1, version 1.4.2
                                w wait
        trace 4bf92f3577b34da6a3ce929d0e0e4736
        """,
        text(false, journey(20, List.of(step), Outcome.pass())));
  }

  @Test
  void coloursOutcomesOnATerminal() {
    assertEquals(
        "\u001b[1mcheckout\u001b[0m \u001b[32mpassed\u001b[0m in 64ms\n",
        text(true, journey(64, List.of(), Outcome.pass())));
  }

  @Test
  void paintsEachPhase() {
    Phases phases = new Phases(ms(0), ms(0), ms(0), ms(10), ms(20), ms(0));
    Reply reply = new Reply.Http("GET /", 200, "h2", "192.0.2.1", 0, phases);
    StepRun step = new StepRun("home", at(0), at(30), Outcome.pass(), reply);

    assertTrue(
        text(true, journey(30, List.of(step), Outcome.pass()))
            .contains("|\u001b[37mssssssssss\u001b[0m\u001b[34mwwwwwwwwwwwwwwwwwwww\u001b[0m|"));
  }

  @Test
  void aBodyThatWasCutHadAtLeastThatManyBytes() {
    Phases phases = new Phases(ms(0), ms(0), ms(0), ms(10), ms(20), ms(0));
    Reply reply = new Reply.Http("GET /", 200, "h2", "192.0.2.1", Reply.Http.MOST_BYTES, phases);
    StepRun step = new StepRun("home", at(0), at(30), Outcome.pass(), reply);

    String shown = text(false, journey(30, List.of(step), Outcome.pass()));

    assertTrue(shown.contains("200 h2 from 192.0.2.1, at least 1048576 bytes"), shown);
  }

  @Test
  void showsWhatWasSentAndWhatCameIfAskedTo() {
    Outcome closed = Outcome.fail(Cause.STATUS, "status 503, expected 200-299");
    Evidence evidence =
        Evidence.of(
            Evidence.Message.sent(
                "POST http://shop.example/orders",
                List.of(new Evidence.Field("Authorization", "***")),
                "two hats",
                false),
            Evidence.Message.received(
                "http/1.1 503 Service Unavailable",
                List.of(new Evidence.Field("Content-Length", "9000")),
                "closed\n<b>till</b>",
                true),
            List.of(
                new Evidence.Check("status 200-299", "503", false),
                new Evidence.Check("header Content-Length", "9000", true)));
    StepRun pay =
        new StepRun("pay", at(0), at(67), closed, http("orders", 503, 9000)).withEvidence(evidence);
    Observation observation = journey(67, List.of(pay), closed);
    Console console = new Console(NOWHERE, NOWHERE, false);

    assertEquals(
        """
        checkout failed in 67ms
          pay                  |======dddcwwwwwwwwwwwwwwwwwwwr|     67ms  failed
              POST http://shop.example/orders -> 503 http/1.1 from 192.0.2.1, 9000 bytes
              dns 7ms, connect 2ms, send 1ms, wait 41ms, receive 3ms
              > POST http://shop.example/orders
              > Authorization: ***
              >
              > two hats
              < http/1.1 503 Service Unavailable
              < Content-Length: 9000
              <
              < closed
              < <b>till</b>
              < (and more)
              not status 200-299: 503
              ok  header Content-Length
                                d dns  c connect  s send  w wait  r receive
        pay: status 503, expected 200-299 (status)
        """,
        text(new Waterfall(console, true), observation));
    assertTrue(
        text(new Waterfall(console, false), observation)
            .endsWith(
                "pay: status 503, expected 200-299 (status); --show-bodies shows what came\n"));
  }

  @Test
  void saysHowToGoOnWhereANameIsNotFound() {
    Outcome unknown = Outcome.fail(Cause.DNS, "no such host");
    StepRun pay = new StepRun("pay", at(0), at(3), unknown, http("orders", 0, 0));

    assertTrue(
        text(false, journey(3, List.of(pay), unknown))
            .endsWith("pay: no such host (dns); `allclear dns shop.example` asks for it\n"));
  }

  private static Observation journey(long end, List<StepRun> steps, Outcome outcome) {
    return new Observation("checkout", Depth.DEEP, at(0), at(end), steps, outcome);
  }

  private static Reply http(String path, int status, long bytes) {
    Phases phases =
        new Phases(ms(7), ms(2), ms(0), ms(1), ms(status == 0 ? 0 : 41), ms(status == 0 ? 0 : 3));
    return new Reply.Http(
        "POST http://shop.example/" + path, status, "http/1.1", "192.0.2.1", bytes, phases);
  }

  private static StepRun lookup(String server, List<String> records) {
    Duration ttl = records.isEmpty() ? Duration.ZERO : Duration.ofSeconds(60);
    Reply answer = new Reply.Dns(server, false, "NOERROR", records, ttl, ms(8));
    return new StepRun(server, at(0), at(8), Outcome.pass(), answer);
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static String text(boolean colours, Observation observation) {
    return text(new Waterfall(new Console(NOWHERE, NOWHERE, colours), false), observation);
  }

  private static String text(Waterfall waterfall, Observation observation) {
    return String.join("\n", waterfall.lines(observation)) + "\n";
  }
}
