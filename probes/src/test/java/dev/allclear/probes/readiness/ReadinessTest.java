package dev.allclear.probes.readiness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
  private static final Moment NOW = new Moment(Instant.parse("2026-01-01T00:00:00Z"), 0, 1);

  private static Duration seconds(int length) {
    return Duration.ofSeconds(length);
  }

  private static Readiness readiness(
      @Nullable Duration negative, @Nullable Duration delegation, Map<String, Integer> floors) {
    return new Readiness(
        List.of(
            TtlHistory.of("shop.example CNAME", 12, NOW),
            TtlHistory.of("lb.example CNAME", 30, NOW),
            TtlHistory.of("app.example A", 5, NOW)),
        negative,
        delegation,
        floors,
        seconds(10));
  }

  @Test
  void theLongestLinkIsTheLimit() {
    Readiness readiness = readiness(null, null, Map.of());
    assertEquals(new Delay("lb.example CNAME", seconds(30)), readiness.limit(NOW));
    assertEquals(seconds(41), readiness.worst(NOW));
    assertEquals(NOW, readiness.ready());
  }

  @Test
  void aResolverWithAFloorAboveAllLinksIsTheLimit() {
    assertEquals(
        new Delay("office", seconds(60)),
        readiness(null, null, Map.of("office", 60, "users", 20)).limit(NOW));
  }

  @Test
  void createdNamesWaitForDenials() {
    assertEquals(
        new Delay("negative answers", seconds(3600)),
        readiness(seconds(3600), null, Map.of()).limit(NOW));
  }

  @Test
  void anOldDelegationMayBringTheOldValueUntilItEnds() {
    assertEquals(
        new Delay("delegation", seconds(172_830)),
        readiness(null, seconds(172_800), Map.of()).limit(NOW));
  }
}
