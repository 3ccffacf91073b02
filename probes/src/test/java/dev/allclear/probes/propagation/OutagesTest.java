package dev.allclear.probes.propagation;

import static dev.allclear.probes.propagation.Looks.at;
import static dev.allclear.probes.propagation.Looks.old;
import static dev.allclear.probes.propagation.Looks.without;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutagesTest {
  private static final Outages BOTH = Outages.of(List.of("ns1", "ns2"));

  @Test
  void oneThatAnswersIsEnough() {
    assertNull(BOTH.with("ns1", old(1, 30)).with("ns2", without(2, Said.SILENT)).latest());
  }

  @Test
  void beginsAfterTheLastAnswerAndEndsByTheNext() {
    Outages outages =
        BOTH.with("ns1", old(1, 30))
            .with("ns2", old(2, 30))
            .with("ns1", without(6, Said.SILENT))
            .with("ns2", without(7, Said.FAILED));
    assertEquals(new Outage(at(2), at(8), at(7), null), outages.latest());
    Outages over = outages.with("ns1", without(11, Said.SILENT)).with("ns2", old(12, 30));
    Outage outage = new Outage(at(2), at(8), at(11), at(12.02));
    assertEquals(outage, over.latest());
    assertEquals(Bounds.between(at(11), at(12.02)), outage.end());
    assertEquals(over.known(), over.with("ns1", without(16, Said.SILENT)).known());
  }

  @Test
  void anotherOneIsNotTheSame() {
    Outages outages = Outages.of(List.of("ns1"));
    for (int i = 0; i < 20; i++) {
      outages = outages.with("ns1", without(10 * i, Said.SILENT)).with("ns1", old(10 * i + 5, 30));
    }
    assertEquals(8, outages.known().size());
    assertEquals(new Outage(at(185), at(191), at(190), at(195.02)), outages.latest());
  }

  @Test
  void whoNeverAnsweredMayHaveBeenDeadForEver() {
    Outage outage = Outages.of(List.of("ns1")).with("ns1", without(1, Said.SILENT)).latest();
    assertEquals(new Outage(Moment.UNBOUNDED, at(2), at(1), null), outage);
  }
}
