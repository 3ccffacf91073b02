package dev.allclear.agent.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.outage.Failure;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FailureJsonTest {
  @Test
  void readsWhatItWrote() {
    for (long seed = 0; seed < 50; seed++) {
      for (Failure failure : new RandomFailures(new Random(seed)).many(20)) {
        assertEquals(failure, FailureJson.read(FailureJson.write(failure)), "seed " + seed);
      }
    }
  }

  @Test
  void namesWhatIsWrong() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FailureJson.read("{}"));

    assertEquals("at is missing", e.getMessage());
  }
}
