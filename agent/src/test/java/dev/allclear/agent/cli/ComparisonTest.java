package dev.allclear.agent.cli;

import static dev.allclear.agent.cli.Past.between;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.demo.Truth;
import dev.allclear.agent.outage.Incident;
import dev.allclear.probes.Bounds;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final PrintWriter NOWHERE = new PrintWriter(new StringWriter());
  private static final Duration RTO = Duration.ofMinutes(2);
  private static final Incident CLOSED = Past.closed(RTO);
  private static final Incident OPEN = Past.incident(Past.detected(Past.ONSET, RTO), List.of());
  private static final Bounds FLIPPED = between(5_003, 5_504);

  @Test
  void isGoodIfEveryTruthLiesInside() {
    assertTable(
        true,
        """
                        measured                                     the world's truth
          onset         12:00:00.504 (12:00:00.003 to 12:00:01.006)  12:00:00.500   inside
          first good    12:00:08.129 (12:00:08.003 to 12:00:08.256)  12:00:08.101   inside
          restored      12:00:08.129 (12:00:08.003 to 12:00:08.256)  12:00:08.101   inside
          dns obeys     12:00:05.253 (12:00:05.003 to 12:00:05.504)  12:00:05.253   inside
        """,
        Comparison.of(CLOSED, Map.of("obeys", FLIPPED), truth(500, Map.of("obeys", FLIPPED))));
  }

  @Test
  void isBadIfOneTruthLiesOutside() {
    assertTable(
        false,
        """
                        measured                                     the world's truth
          onset         12:00:00.504 (12:00:00.003 to 12:00:01.006)  12:00:01.010   OUTSIDE
          first good    12:00:08.129 (12:00:08.003 to 12:00:08.256)  12:00:08.101   inside
          restored      12:00:08.129 (12:00:08.003 to 12:00:08.256)  12:00:08.101   inside
        """,
        Comparison.of(CLOSED, Map.of(), truth(1_010, Map.of())));
  }

  @Test
  void touchingBoundsAreInside() {
    assertEquals(
        List.of(false, true, true, false),
        List.of(1L, 2L, 1_006L, 1_007L).stream()
            .map(onset -> Comparison.of(CLOSED, Map.of(), truth(onset, Map.of())).allInside())
            .toList());
  }

  @Test
  void isBadIfAMomentWasNeverSeen() {
    assertTable(
        false,
        """
                        measured                                     the world's truth
          onset         12:00:00.504 (12:00:00.003 to 12:00:01.006)  12:00:00.500   inside
          first good    never seen                                   12:00:08.101   OUTSIDE
          restored      never seen                                   12:00:08.101   OUTSIDE
          dns stale     never seen                                   12:00:05.253   OUTSIDE
        """,
        Comparison.of(OPEN, Map.of(), truth(500, Map.of("stale", FLIPPED))));
  }

  @Test
  void isBadIfSomethingWasSeenThatNeverHappened() {
    assertTable(
        false,
        """
                        measured                                     the world's truth
          onset         12:00:00.504 (12:00:00.003 to 12:00:01.006)  12:00:00.500   inside
          first good    12:00:08.129 (12:00:08.003 to 12:00:08.256)  12:00:08.101   inside
          restored      12:00:08.129 (12:00:08.003 to 12:00:08.256)  12:00:08.101   inside
          dns clamps    12:00:05.253 (12:00:05.003 to 12:00:05.504)  never happened OUTSIDE
        """,
        Comparison.of(CLOSED, Map.of("clamps", FLIPPED), truth(500, Map.of())));
  }

  /// The onset is known to the millisecond.
  private static Truth.Outage truth(long onset, Map<String, Bounds> flips) {
    return new Truth.Outage(
        between(onset, onset + 1), between(8_101, 8_102), between(8_101, 8_102), flips);
  }

  private static void assertTable(boolean allInside, String table, Comparison comparison) {
    Console console = new Console(NOWHERE, NOWHERE, false);
    assertEquals(table, String.join("\n", comparison.lines(console)) + "\n");
    assertEquals(allInside, comparison.allInside());
  }
}
