package dev.allclear.agent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Health;
import dev.allclear.agent.outage.Policy;
import dev.allclear.agent.outage.Policy.Degradation;
import dev.allclear.agent.outage.Policy.Flap;
import dev.allclear.agent.outage.Rto;
import dev.allclear.probes.Depth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Ten hours of a service that is down again and again and blips in between: what is remembered of
/// it grows no more once it is full.
final class MemoryTest {
  private static final long HOUR = 3_600_000;

  @Test
  void whatIsRememberedOfAServiceStaysFlat() {
    List<Integer> sizes =
        Simulation.remembered(tenHours(), HOUR).stream().map(MemoryTest::size).toList();
    assertEquals(10, sizes.size());
    int full = sizes.get(2);
    assertTrue(sizes.stream().allMatch(size -> size <= full), sizes::toString);
  }

  private static int size(Health health) {
    assertEquals("healthy", health.state().label());
    int proofs =
        health.required().stream()
            .mapToInt(track -> track.passProofs().size() + track.failProofs().size())
            .sum();
    return proofs + health.blips().size() + health.early().claims().size();
  }

  private static Scenario tenHours() {
    List<Fault> faults = new ArrayList<>();
    Fault.Kind[] kinds = Fault.Kind.values();
    for (long at = 60_000; at < 10 * HOUR; at += 300_000) {
      faults.add(new Fault(at, at + 40_000, kinds[faults.size() % kinds.length]));
      faults.add(new Fault(at + 180_000, at + 180_020, Fault.Kind.ERRS));
    }
    Policy policy =
        new Policy(
                new Rto(Duration.ofMinutes(2), Rto.From.ONSET),
                2,
                3,
                3,
                Duration.ofSeconds(2),
                Duration.ofSeconds(20))
            .degrading(new Degradation(Map.of(), Extras.level(1), Map.of()))
            .flapping(new Flap(20, Duration.ofHours(2)));
    return new Scenario(
        policy,
        List.of(
            new Ask("ping", Depth.SHALLOW, 10_000, 2_000, 1, faults),
            new Ask("buy", Depth.DEEP, 60_000, 5_000, 3, faults)),
        List.of(),
        20,
        1,
        1,
        false,
        10 * HOUR,
        1);
  }
}
