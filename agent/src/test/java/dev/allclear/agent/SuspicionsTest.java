package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.ledger.Ledger;
import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Look;
import dev.allclear.agent.outage.Maintenance;
import dev.allclear.agent.outage.Outage;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Round;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.agent.schedule.Check;
import dev.allclear.agent.schedule.Run;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Observation;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SuspicionsTest {
  private static final Cell SHOP = new Cell("shop", Cell.GLOBAL);
  private static final Policy POLICY =
      new Policy(
          new Rto(Duration.ofMinutes(2), Rto.From.ONSET),
          2,
          3,
          1,
          Duration.ZERO,
          Duration.ofSeconds(5));

  private final Ledger ledger = Ledger.inMemory();
  private final Suspicions suspicions = new Suspicions(ledger);
  private final Recorder recorder = new Recorder(() -> at(99), ledger, List.of(suspicions));
  private long now;

  /// Is scheduled, never run.
  private record Named(String name, Depth depth) implements Probe {
    @Override
    public Observation run() {
      throw new IllegalStateException("not run in this test");
    }
  }

  private static Moment at(long second) {
    return new Moment(
        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second), second * 1_000_000_000, 1);
  }

  private void watch(Policy policy) {
    recorder.watch(
        Health.unknown(SHOP, Map.of("detect", Depth.SHALLOW, "buy", Depth.DEEP, "dns", Depth.DNS)),
        new Outage(policy));
    suspicions.watch(SHOP, policy);
    see("PDp");
  }

  /// Shallow runs of a second each, `P` or `F`; deep ones in lower case; `D` is a lookup, `?` one
  /// that tells nothing, and a dot is a minute.
  private void see(String runs) {
    for (int i = 0; i < runs.length(); i++) {
      char each = runs.charAt(i);
      now += each == '.' ? 60 : 1;
      switch (each) {
        case 'P' -> see("detect", Depth.SHALLOW, Outcome.pass());
        case 'F' -> see("detect", Depth.SHALLOW, Outcome.fail(Cause.STATUS, "status 503"));
        case 'p' -> see("buy", Depth.DEEP, Outcome.pass());
        case 'f' -> see("buy", Depth.DEEP, Outcome.fail(Cause.STATUS, "status 503"));
        case 'D' -> see("dns", Depth.DNS, Outcome.pass());
        case '?' -> see("detect", Depth.SHALLOW, Outcome.inconclusive("no file handles"));
        default -> {}
      }
    }
  }

  private void see(String probe, Depth depth, Outcome outcome) {
    Check check = new Check(SHOP, new Named(probe, depth), Duration.ofSeconds(1));
    Observation run = new Observation(probe, depth, at(now), at(now + 1), List.of(), outcome);
    recorder.accept(new Run(check, run, Duration.ZERO, 0));
  }

  /// In one word each: the looks, a bar where it was decided, and how.
  private List<String> kept() {
    suspicions.write();
    return ledger.suspicions("shop").stream().map(SuspicionsTest::word).toList();
  }

  private static String word(Suspicion suspicion) {
    StringBuilder word = new StringBuilder();
    for (Look look : suspicion.looks()) {
      word.append(
          switch (look) {
            case Look.Witnessed _ -> "W";
            case Look.Ran(Observation run) -> letter(run);
          });
    }
    if (suspicion.decided() > 0) {
      word.insert(suspicion.decided(), suspicion.confirmed() ? "!" : "|");
    }
    return word.toString();
  }

  private static String letter(Observation run) {
    String letter = run.outcome().isPass() ? "P" : "F";
    return run.depth() == Depth.DEEP ? letter.toLowerCase(Locale.ROOT) : letter;
  }

  @Test
  void keepsNothingOfAServiceThatIsHealthy() {
    watch(POLICY);
    see("PpDP?PP");
    assertEquals(List.of(), kept());
  }

  @Test
  void keepsABlipUntilWhatFailedHasRunOnceMore() {
    watch(POLICY);
    see("F?DP");
    assertEquals(List.of(), kept());
    see("P");
    assertEquals(List.of("PpFPP|"), kept());
    see("pD");
    assertEquals(List.of("PpFPP|p"), kept());
    see("PPP");
    assertEquals(List.of("PpFPP|pP"), kept());
  }

  @Test
  void keepsAnOutageForFiftyRunsOrAMinute() {
    watch(POLICY);
    see("FF");
    assertEquals(List.of("PpFF!"), kept());
    see("F".repeat(60));
    assertEquals(List.of("PpFF!" + "F".repeat(50)), kept());
    see("PDpPp......PFF.FFF");
    assertEquals(List.of("PpFF!" + "F".repeat(50), "pPFF!F"), kept());
  }

  @Test
  void aSuspicionThatFollowsAtOnceIsItsOwn() {
    watch(POLICY);
    see("FPPFPPfpp");
    assertEquals(List.of("PpFPP|F", "pPFPP|f", "pPfpp|"), kept());
  }

  @Test
  void keepsWhatWasSeenUntilTheAgentWasBlind() {
    watch(POLICY);
    see("F");
    recorder.happened(SHOP, new Event.Blind(at(now + 2), at(now + 1), "suspended"));
    see("PPPP");
    assertEquals(List.of("PpF"), kept());
  }

  @Test
  void keepsWhatWitnessesSaid() {
    watch(POLICY);
    recorder.accept(new Round(at(now + 1), at(now + 1), true, ""));
    see("F");
    recorder.accept(new Round(at(now + 1), at(now + 1), true, ""));
    see("F");
    assertEquals(List.of("PpWFWF!"), kept());
  }

  @Test
  void keepsNothingThatWasPlanned() {
    Maintenance.Window window = new Maintenance.Once(at(0).wall(), at(100).wall());
    watch(POLICY.maintained(new Maintenance(List.of(window))));
    see("FPPP");
    assertEquals(List.of(), kept());
    see("..FPPP");
    assertEquals(List.of("pPFPP|P"), kept());
  }

  @Test
  void knowsTheThresholdThatDecided() {
    watch(POLICY);
    see("FPPP");
    suspicions.write();
    assertEquals(new Threshold(2, 3), ledger.suspicions("shop").getFirst().threshold());
  }
}
