package dev.allclear.agent.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outage.Kind;
import dev.allclear.agent.outage.Said;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuccessRateTest {
  /// As the reference computed them.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          3,  0, 0, 44, 100
          9,  1, 0, 60, 98
          27, 3, 0, 74, 97
          35, 0, 0, 90, 100
          0,  0, 0, 0,  100
          0,  3, 0, 0,  56
          1,  0, 2, 6,  100
          """)
  void isAnIntervalThatNarrowsWithMore(
      int met, int missed, int inconclusive, int lowest, int highest) {
    SuccessRate rate = new SuccessRate(met, missed, inconclusive);

    assertEquals(lowest, Math.round(100 * rate.lowest()));
    assertEquals(highest, Math.round(100 * rate.highest()));
    assertEquals(met + missed + inconclusive, rate.n());
  }

  @Test
  void countsClosedOutagesOfOneKind() {
    Tale met = Tale.of("shop").restored(200, 201, 211).closed(500);
    Tale missed = Tale.of("shop").restored(900, 901, 911).closed(1200);
    Tale unsure = Tale.of("shop").restored(690, 691, 705).closed(1200);
    Tale open = Tale.of("shop");
    Tale played =
        Tale.of("shop")
            .says(99, new Said.FaultInjected("kill", true))
            .restored(200, 201, 211)
            .closed(500);
    List<Tale> all = List.of(met, missed, unsure, open, played);

    assertEquals(
        new SuccessRate(1, 1, 1),
        SuccessRate.of(all.stream().map(Tale::incident).toList(), Kind.OUTAGE, Tale.at(2000)));
    assertEquals(
        new SuccessRate(1, 0, 0),
        SuccessRate.of(all.stream().map(Tale::incident).toList(), Kind.GAMEDAY, Tale.at(2000)));
  }
}
