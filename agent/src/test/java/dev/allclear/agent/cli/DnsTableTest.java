package dev.allclear.agent.cli;

import static dev.allclear.agent.cli.Past.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DnsTableTest {
  private static final PrintWriter NOWHERE = new PrintWriter(new StringWriter());
  private static final StepRun AUTHORITY = answer("192.0.2.53", true, 60, "192.0.2.10");
  private static final StepRun RESOLVER = answer("9.9.9.9", false, 41, "192.0.2.10");

  @Test
  void saysThatAllAgree() {
    assertEquals(
        """
        shop.example A
          server                   role       rcode         ttl   latency  answer
          192.0.2.53               authority  NOERROR       60s       8ms  192.0.2.10
          9.9.9.9                  resolver   NOERROR       41s       8ms  192.0.2.10
        agreed: all 2 say the same
        """,
        text(false, Outcome.pass(), AUTHORITY, RESOLVER));
  }

  @Test
  void saysWhoDiffers() {
    StepRun stale = answer("127.0.0.1:5353", false, 7, "CNAME www.shop.example.", "192.0.2.9");
    StepRun empty = answer("1.1.1.1", false, 0);

    assertEquals(
        """
        shop.example A
          server                   role       rcode         ttl   latency  answer
          192.0.2.53               authority  NOERROR       60s       8ms  192.0.2.10
          127.0.0.1:5353           resolver   NOERROR        7s       8ms  CNAME www.shop.example. 192.0.2.9
          1.1.1.1                  resolver   NOERROR         -       8ms  (no record)
        no agreement: what differs
        """,
        text(false, Outcome.fail(Cause.ASSERTION, "what differs"), AUTHORITY, stale, empty));
  }

  @Test
  void tellsDisagreementFromTheWrongAnswer() {
    assertEquals(
        """
        shop.example A
          server                   role       rcode         ttl   latency  answer
          9.9.9.9                  resolver   NOERROR       41s       8ms  192.0.2.10
        not as expected: expected 192.0.2.11
        """,
        text(false, Outcome.fail(Cause.ASSERTION, "expected 192.0.2.11"), RESOLVER));
  }

  @Test
  void saysWhoDoesNotAnswer() {
    Outcome silent = Outcome.fail(Cause.TIMEOUT, "no answer from 9.9.9.9 within 2s");
    StepRun step = new StepRun("9.9.9.9", at(0), at(2_000), silent, Reply.nothing());

    assertEquals(
        """
        shop.example A
          server                   role       rcode         ttl   latency  answer
          192.0.2.53               authority  NOERROR       60s       8ms  192.0.2.10
          9.9.9.9                             -               -         -  no answer from 9.9.9.9 within 2s
        no agreement: no answer from 9.9.9.9 within 2s
        """,
        text(false, silent, AUTHORITY, step));
  }

  @Test
  void saysWhyItCannotBeTold() {
    Outcome cut = Outcome.inconclusive("interrupted");
    StepRun step = new StepRun("9.9.9.9", at(0), at(3), cut, Reply.nothing());

    assertEquals(
        """
        shop.example A
          server                   role       rcode         ttl   latency  answer
          9.9.9.9                             -               -         -  interrupted
        inconclusive: interrupted
        """,
        text(false, cut, step));
  }

  @Test
  void coloursTheConclusionOnATerminal() {
    assertEquals(
        """
        \u001b[1mshop.example A\u001b[0m
        \u001b[2m  server                   role       rcode         ttl   latency  answer\u001b[0m
          9.9.9.9                  resolver   NOERROR       41s       8ms  192.0.2.10
        \u001b[32magreed\u001b[0m: only one was asked
        """,
        text(true, Outcome.pass(), RESOLVER));
  }

  private static StepRun answer(String server, boolean authority, long ttl, String... records) {
    Reply reply =
        new Reply.Dns(
            server,
            authority,
            "NOERROR",
            List.of(records),
            Duration.ofSeconds(ttl),
            Duration.ofMillis(8));
    return new StepRun(server, at(0), at(8), Outcome.pass(), reply);
  }

  private static String text(boolean colours, Outcome outcome, StepRun... steps) {
    Observation observation =
        new Observation("shop.example A", Depth.DNS, at(0), at(2_001), List.of(steps), outcome);
    DnsTable table = new DnsTable(new Console(NOWHERE, NOWHERE, colours));
    return String.join("\n", table.lines(observation)) + "\n";
  }
}
