package dev.allclear.agent.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimeJsonTest {
  @Test
  void keepsBothClocksToTheNanosecond() {
    Moment moment = new Moment(Instant.parse("2026-01-01T00:00:00.1Z"), Long.MAX_VALUE, 3);

    assertEquals(
        "{\"wall\":\"2026-01-01T00:00:00.100000000Z\",\"nanos\":9223372036854775807,\"session\":3}",
        TimeJson.write(moment));
    assertEquals(moment, TimeJson.moment(TimeJson.write(moment)));
  }

  @Test
  void readsBackTheMomentBeforeEverything() {
    assertEquals(Moment.UNBOUNDED, TimeJson.moment(TimeJson.write(Moment.UNBOUNDED)));
  }

  @Test
  void readsBackBounds() {
    for (long seed = 0; seed < 500; seed++) {
      Bounds bounds = new RandomEvents(new Random(seed)).bounds();

      assertEquals(bounds, TimeJson.bounds(TimeJson.write(bounds)), "seed " + seed);
    }
  }
}
