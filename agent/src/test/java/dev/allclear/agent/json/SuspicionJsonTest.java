package dev.allclear.agent.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.outage.Look;
import dev.allclear.agent.outage.Round;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.agent.recovery.Seen;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Reply;
import dev.allclear.probes.StepRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SuspicionJsonTest {
  private static Observation run(long begin, Outcome outcome, StepRun... steps) {
    return new Observation(
        "buy", Depth.DEEP, Seen.at(begin), Seen.at(begin + 40), List.of(steps), outcome);
  }

  private static StepRun step(long begin, long end, Outcome outcome) {
    return new StepRun("pay", Seen.at(begin), Seen.at(end), outcome, Reply.nothing());
  }

  private static Suspicion suspicion() {
    Outcome timeout = Outcome.fail(Cause.TIMEOUT, "no answer in 2s; secret");
    Observation tidied =
        new Observation(
            "buy",
            Depth.DEEP,
            Seen.at(1_100),
            Seen.at(1_140),
            List.of(),
            timeout,
            List.of(step(1_140, 1_170, Outcome.pass())));
    return new Suspicion(
        Seen.SHOP,
        new Threshold(2, 3),
        true,
        Map.of("detect", Depth.SHALLOW, "buy", Depth.DEEP),
        List.of(
            Look.of(run(900, Outcome.pass())),
            new Look.Witnessed(new Round(Seen.at(1_010), Seen.at(1_012), true, "")),
            Look.of(run(1_000, timeout, step(1_010, 1_030, timeout))),
            Look.of(tidied),
            Look.of(run(1_200, Outcome.slow("took 900ms")))),
        4,
        true);
  }

  @Test
  void keepsAllThatDecides() {
    String text = SuspicionJson.write(suspicion());
    assertEquals(suspicion(), SuspicionJson.read(Seen.SHOP, text));
    assertEquals(
        """
        {"at":{"wall":"2026-01-01T00:00:01.040000000Z","nanos":1040000000,"session":1},\
        "fails":2,"of":3,"slow":true,\
        "probes":[{"name":"buy","depth":"deep"},{"name":"detect","depth":"shallow"}],\
        "looks":["0 pass -140000000 -100000000","witness pass -30000000 -28000000",\
        "0 timeout -40000000 0 0 -30000000 -10000000",\
        "0 timeout 60000000 100000000 130000000 60000000 100000000",\
        "0 slow 160000000 200000000"],"decided":4,"confirmed":true}\
        """,
        text);
  }

  @Test
  void whatFailedFailedJustSoAndThen() {
    List<Look> looks = suspicion().looks();
    Observation failed = ((Look.Ran) looks.get(2)).run();
    assertEquals(Seen.at(1_010), failed.proof().earliest());
    assertEquals(Seen.at(1_030), failed.proof().latest());
    assertEquals(Seen.at(1_170), looks.get(3).told());
    assertEquals(Outcome.fail(Cause.TIMEOUT, ""), failed.outcome());
  }

  private static void assertRefused(String message, String before, String after) {
    String text = SuspicionJson.write(suspicion());
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () -> SuspicionJson.read(Seen.SHOP, text.replace(before, after)))
            .getMessage());
  }

  @Test
  void saysWhatCannotBeRead() {
    assertRefused("looks: unknown outcome \"odd\"", "0 slow 160000000", "0 odd 160000000");
    assertRefused("looks cannot be read: \"0 slow 1\"", "0 slow 160000000 200000000", "0 slow 1");
    assertRefused(
        "looks cannot be read: \"7 slow 1 2\"", "0 slow 160000000 200000000", "7 slow 1 2");
    assertRefused(
        "looks cannot be read: \"0 slow x 2\"", "0 slow 160000000 200000000", "0 slow x 2");
    assertRefused("fails is missing", "\"fails\":2,", "");
    assertRefused("probes[0].depth is unknown: \"flat\"", "\"deep\"", "\"flat\"");
  }
}
