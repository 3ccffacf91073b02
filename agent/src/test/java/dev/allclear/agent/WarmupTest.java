package dev.allclear.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WarmupTest {

  @Test
  void asksItselfAndGetsAnAnswer() {
    assertEquals(Outcome.pass(), Warmup.run(new SystemClock(0), Duration.ofMinutes(1)));
  }
}
