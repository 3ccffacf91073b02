package dev.allclear.agent.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.probes.Moment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplayTest {
  private static final Moment FIRST = Seen.at(100_000);

  private static Threshold threshold(String text) {
    String[] words = text.split(" of ", -1);
    return new Threshold(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
  }

  /// An outage with the milliseconds from the begin of the first fail to its detection.
  private static String told(Fate fate) {
    return switch (fate) {
      case Fate.Outage(Moment detected) -> "outage " + FIRST.until(detected).toMillis();
      case Fate.Blip() -> "blip";
      case Fate.Unknown() -> "unknown";
    };
  }

  @ParameterizedTest
  @CsvSource({
    // of a blip: refuted by the second pass, then an interval later
    "3 of 4, FPP.P,    3 of 4, blip",
    "3 of 4, FPP.P,    1 of 1, outage 10",
    "3 of 4, FPP.P,    2 of 2, blip",
    "3 of 4, FFPP.P,   2 of 2, outage 210",
    "3 of 4, FFPP.P,   2 of 3, outage 210",
    "3 of 4, FPFP.P,   2 of 3, outage 410",
    // a pass followed by a pass: there were passes between them
    "3 of 4, FPP.P,    6 of 8, blip",
    "2 of 2, FP.P,     2 of 4, blip",
    // nobody knows when it began to fail
    "3 of 4, FPP.F,    6 of 8, unknown",
    "2 of 2, FP.F,     2 of 3, unknown",
    // what was kept ends
    "3 of 4, FPP,      6 of 8, unknown",
    "3 of 4, FF,       3 of 4, unknown",
    "3 of 4, FF,       2 of 3, outage 210",
    // the next fail raises a suspicion of its own
    "3 of 4, FPP.F,    3 of 4, blip",
    // of an outage
    "3 of 4, FFF,      3 of 4, outage 410",
    "3 of 4, FFF,      1 of 1, outage 10",
    "3 of 4, FFF,      4 of 5, unknown",
    "3 of 4, FFFF,     4 of 5, outage 610",
    "3 of 4, FFFFFF,   6 of 8, outage 1010",
    "3 of 4, FFFPP,    4 of 5, blip",
    "3 of 4, FFFPPPP,  6 of 8, blip",
    "3 of 4, FFFPFFFF, 6 of 8, unknown",
    // refuted earlier it would have looked again later
    "3 of 4, FPFFFF,   2 of 2, unknown",
    "3 of 4, FPFFFF,   3 of 3, unknown",
    "3 of 4, FPFPP.P,  2 of 2, blip",
    "3 of 4, FFFPPPF,  4 of 4, unknown",
    "6 of 8, FPFFPP.P, 3 of 3, blip",
    "6 of 8, FPFFPP.P, 2 of 2, unknown",
  })
  void tellsWhatAnotherThresholdDecides(
      String threshold, String runs, String other, String expected) {
    Suspicion seen = Seen.of(threshold(threshold), FIRST, runs);
    assertEquals(expected, told(Replay.of(seen, threshold(other))), seen::toString);
  }
}
