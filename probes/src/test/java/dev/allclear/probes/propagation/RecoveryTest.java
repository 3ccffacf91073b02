package dev.allclear.probes.propagation;

import static dev.allclear.probes.propagation.Looks.at;
import static dev.allclear.probes.propagation.Looks.endpoint;
import static dev.allclear.probes.propagation.Looks.fresh;
import static dev.allclear.probes.propagation.Looks.old;
import static dev.allclear.probes.propagation.Looks.without;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecoveryTest {
  private static final Outage OUTAGE = new Outage(at(10), at(15), at(100), at(101));

  private static @Nullable Recovery quiet(Sighting... looks) {
    return Recovery.of(endpoint(looks), OUTAGE, Said.OLD);
  }

  private static Span lag(@Nullable Recovery recovery) {
    return Objects.requireNonNull(Objects.requireNonNull(recovery).lag());
  }

  @Test
  void whoWasNotSeenInTroubleHadNone() {
    assertNull(quiet(without(5, Said.SILENT), old(20, 300), old(110, 210)));
  }

  @Test
  void theLagIsFromTheAuthoritiesToTheFirstLivingAnswer() {
    Recovery recovery =
        quiet(old(5, 5), without(20, Said.FAILED), without(140, Said.FAILED), old(150, 5));
    Span lag = lag(recovery);
    assertEquals(Duration.ofSeconds(39), lag.min());
    assertEquals(Duration.ofMillis(50_020), lag.max());
    assertTrue(Objects.requireNonNull(recovery).late());
  }

  @Test
  void endedValuesAreNoLivingOnes() {
    Sighting ended = old(105, 30).with(Set.of(3));
    Recovery recovery = Objects.requireNonNull(quiet(old(5, 5), ended));
    assertNull(recovery.living());
    assertNull(recovery.lag());
    assertFalse(recovery.late());
    assertEquals(Duration.ZERO, lag(quiet(without(99, Said.SILENT), old(102, 5))).min());
  }

  @Test
  void ofAChangeTheNewValueLivesEvenIfItIsSaidToHaveEnded() {
    Sighting mislabelled = fresh(120, 30).with(Set.of(3));
    Recovery recovery =
        Recovery.of(endpoint(old(5, 60), old(110, 5), mislabelled), OUTAGE, Said.NEW);
    assertEquals(Duration.ofSeconds(9), lag(recovery).min());
  }
}
