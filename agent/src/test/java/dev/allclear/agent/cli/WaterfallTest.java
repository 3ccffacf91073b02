package dev.allclear.agent.cli;

import static dev.allclear.agent.cli.Past.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
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
          log in                 |===============                  |     61ms  passed
              POST http://shop.example/login  200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, tls 0s, send 1ms, wait 41ms, receive 3ms
          pay                    |               ================= |     67ms  passed
              POST http://shop.example/orders  201 http/1.1 from 192.0.2.1, 44 bytes
              dns 7ms, connect 2ms, tls 0s, send 1ms, wait 41ms, receive 3ms
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
          log in                 | =============================   |     61ms  passed
              POST http://shop.example/login  200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, tls 0s, send 1ms, wait 41ms, receive 3ms
          pay                    |                              == |      3ms  failed
              POST http://shop.example/orders
              dns 7ms, connect 2ms, tls 0s, send 1ms, wait 0s, receive 0s
              connection refused
        """,
        text(false, journey(67, List.of(LOGIN, pay), refused)));
  }

  @Test
  void saysWhyARunProvesNothing() {
    Outcome cut = Outcome.inconclusive("interrupted");
    StepRun pay = new StepRun("pay", at(64), at(64), cut, Reply.nothing());

    assertEquals(
        """
        checkout inconclusive: interrupted in 64ms
          log in                 | =============================== |     61ms  passed
              POST http://shop.example/login  200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, tls 0s, send 1ms, wait 41ms, receive 3ms
          pay                    |                                =|       0s  inconclusive: interrupted
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
          one                    |============================     |      8ms  passed
              NOERROR 192.0.2.1 ttl 60s
          two                    |============================     |      8ms  passed
              NOERROR (no record)
          one says 192.0.2.1 (ttl 60s); two says nothing
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
          log in                 |=                                |      3ms  passed, 20 at once: 2ms to 5ms, median 31ms
              POST http://shop.example/login  200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, tls 0s, send 1ms, wait 41ms, receive 3ms
          gold                   |=                                |       0s  skipped
              vars.tier == "gold" is false
          log in                 |================                 |     61ms  failed, 21 tries
              POST http://shop.example/login  200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, tls 0s, send 1ms, wait 41ms, receive 3ms
              did not hold within 60ms (21 tries): no state
          cleanup, which decides nothing:
          log in                 |                ================ |     64ms  failed
              POST http://shop.example/login  200 http/1.1 from 192.0.2.1, 31 bytes
              dns 7ms, connect 2ms, tls 0s, send 1ms, wait 41ms, receive 3ms
              status 404, expected 200-299
          cancel                 |                                =|       0s  skipped
              no value for order
        """,
        text(false, seen));
  }

  @Test
  void coloursOutcomesOnATerminal() {
    assertEquals(
        "\u001b[1mcheckout\u001b[0m \u001b[32mpassed\u001b[0m in 64ms\n",
        text(true, journey(64, List.of(), Outcome.pass())));
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
    Waterfall waterfall = new Waterfall(new Console(NOWHERE, NOWHERE, colours));
    return String.join("\n", waterfall.lines(observation)) + "\n";
  }
}
