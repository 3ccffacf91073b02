package dev.allclear.agent.cli;

import static dev.allclear.agent.cli.Past.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Figures;
import dev.allclear.probes.Heard;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Phases;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import dev.allclear.probes.dns.Question;
import dev.allclear.probes.dns.Survey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DnsTableTest {
  private static final PrintWriter NOWHERE = new PrintWriter(new StringWriter());
  private static final Question SHOP = new Question("shop.example", "A");
  private static final StepRun AUTHORITY = answer("192.0.2.53", true, 60, "192.0.2.10");
  private static final StepRun RESOLVER = answer("9.9.9.9", false, 41, "192.0.2.10");
  private static final String HEAD =
      "  server            role       rcode                ttl   latency  transport  answer\n";

  @Test
  void saysThatAllAgree() {
    assertEquals(
        "shop.example A\n"
            + HEAD
            + """
              192.0.2.53        authority  NOERROR              60s       8ms  -          192.0.2.10
              9.9.9.9           resolver   NOERROR              41s       8ms  -          192.0.2.10
            agreed: all 2 say the same
            """,
        text(false, Outcome.pass(), AUTHORITY, RESOLVER));
  }

  @Test
  void saysWhoStillHasTheOldAnswerAndUntilWhen() {
    Outcome differs = Outcome.fail(Cause.ASSERTION, "what differs");
    StepRun old = answer("127.0.0.1:5353", false, 7, "192.0.2.9");
    StepRun empty = answer("1.1.1.1", false, 0);

    assertEquals(
        "shop.example A\n"
            + HEAD
            + """
              192.0.2.53        authority  NOERROR              60s       8ms  -          192.0.2.10
              127.0.0.1:5353    resolver   NOERROR               7s       8ms  -          192.0.2.9
              1.1.1.1           resolver   NOERROR                -       8ms  -          (no record)
            no agreement
              - 127.0.0.1:5353 still says 192.0.2.9, for at most 8s, until %s
              - 1.1.1.1 has no A record for shop.example
            """
                .formatted(Figures.clock(at(8_008))),
        text(false, differs, AUTHORITY, old, empty));
  }

  @Test
  void tellsDisagreementFromTheWrongAnswer() {
    assertEquals(
        "shop.example A\n"
            + HEAD
            + """
              9.9.9.9           resolver   NOERROR              41s       8ms  -          192.0.2.10
            not as expected: expected 192.0.2.11
            """,
        text(false, Outcome.fail(Cause.ASSERTION, "expected 192.0.2.11"), RESOLVER));
  }

  @Test
  void saysWhoDoesNotAnswer() {
    Outcome silent = Outcome.fail(Cause.TIMEOUT, "no answer from 9.9.9.9 within 2s");
    StepRun step = new StepRun("9.9.9.9", at(0), at(2_000), silent, Reply.nothing());

    assertEquals(
        "shop.example A\n"
            + HEAD
            + """
              192.0.2.53        authority  NOERROR              60s       8ms  -          192.0.2.10
              9.9.9.9                      -                      -         -  -          no answer from 9.9.9.9 within 2s
            no agreement
              - no answer from 9.9.9.9 within 2s: a firewall drops what is sent there, or
                nothing is there
            """,
        text(false, silent, AUTHORITY, step));
  }

  @Test
  void saysWhyItCannotBeTold() {
    Outcome cut = Outcome.inconclusive("interrupted");
    StepRun step = new StepRun("9.9.9.9", at(0), at(3), cut, Reply.nothing());

    assertEquals(
        "shop.example A\n"
            + HEAD
            + """
              9.9.9.9                      -                      -         -  -          interrupted
            inconclusive: interrupted
            """,
        text(false, cut, step));
  }

  @Test
  void coloursTheConclusionOnATerminal() {
    assertEquals(
        "\u001b[1mshop.example A\u001b[0m\n\u001b[2m"
            + HEAD.stripTrailing()
            + "\u001b[0m\n"
            + """
              9.9.9.9           resolver   NOERROR              41s       8ms  -          192.0.2.10
            \u001b[32magreed\u001b[0m: only one was asked
            """,
        text(true, Outcome.pass(), RESOLVER));
  }

  @Test
  void showsEachLinkOfAChainWithItsTtlAndHowTheAnswerCame() {
    Heard heard =
        new Heard(
            "shop.example A",
            List.of(
                new Heard.Line("shop.example", "CNAME", Duration.ofSeconds(30), "lb.example."),
                new Heard.Line("lb.example", "A", Duration.ofSeconds(5), "192.0.2.10")),
            List.of("aa", "ra"),
            List.of(),
            "knot-a",
            null,
            null,
            new Heard.Carriage("tcp", true, false, true, null, Phases.NONE));
    Reply reply =
        new Reply.Dns(
            "192.0.2.53",
            true,
            "NOERROR",
            List.of("192.0.2.10", "CNAME lb.example."),
            Duration.ofSeconds(5),
            Duration.ofMillis(8),
            heard);

    assertEquals(
        "shop.example A\n"
            + HEAD
            + """
              192.0.2.53        authority  NOERROR aa            5s       8ms  udp>tcp    CNAME lb.example. (30s) 192.0.2.10 (5s)  [knot-a]
            agreed: only one was asked
            """,
        text(
            false, Outcome.pass(), new StepRun("192.0.2.53", at(0), at(8), Outcome.pass(), reply)));
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
    Survey survey =
        new Survey(
            List.of(new Survey.Answers(SHOP, List.of(steps), outcome)),
            List.of(),
            Map.of(),
            Set.of(),
            null,
            List.of());
    DnsTable table = new DnsTable(new Console(NOWHERE, NOWHERE, colours));
    return String.join("\n", table.lines(survey)) + "\n";
  }
}
