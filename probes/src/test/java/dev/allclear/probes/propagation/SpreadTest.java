package dev.allclear.probes.propagation;

import static dev.allclear.probes.propagation.Looks.at;
import static dev.allclear.probes.propagation.Looks.fresh;
import static dev.allclear.probes.propagation.Looks.old;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SpreadTest {
  private static final Duration PROMPT = Duration.ofSeconds(1);

  private final Spread begun =
      new Spread(
              at(100),
              false,
              30,
              Authorities.of(List.of("ns1", "ns2")),
              List.of(endpoint("users", 30, old(100, 8)), endpoint("office", 10, old(100, 25))))
          .with("ns1", old(100, 30))
          .with("ns2", old(100, 30))
          .with("ns1", fresh(101, 30));

  private final Spread synced = begun.with("ns2", old(103, 30)).with("ns2", fresh(104, 30));

  private static Endpoint endpoint(String name, int weight, Sighting look) {
    return Endpoint.of(name, "app A", weight).with(look);
  }

  @Test
  void theEtaIsToldAtOnceWithItsLimit() {
    Eta eta = begun.eta(PROMPT);
    assertFalse(eta.firm());
    assertEquals("office", Objects.requireNonNull(eta.limit()).resolver());
    assertTrue(Objects.requireNonNull(eta.last()).earliest().isBefore(at(124.1)));
    assertTrue(Objects.requireNonNull(eta.last()).latest().isBefore(at(126.6)));
    assertEquals(new Share(1, 1, 2), eta.by(at(115)));
    assertEquals(new Share(0, 0, 2), eta.by(at(105)));
    assertEquals(new Share(2, 2, 2), eta.by(at(127)));
  }

  @Test
  void theEtaIsFirmOnceEveryAuthorityIsNewBeforeAnyEntryEnds() {
    assertTrue(synced.eta(PROMPT).firm());
  }

  @Test
  void anAuthorityThatLagsMayCostOneMoreTtl() {
    Eta eta = begun.eta(Duration.ofSeconds(15));
    assertEquals("users", eta.expected().getFirst().resolver());
    assertTrue(at(120).isBefore(eta.expected().getFirst().at().latest()));
  }

  @Test
  void aMoveToOtherNameserversTakesTheDelegationsTimeAndThenTheRecords() {
    Spread moving = synced.moving(new Move("app NS", Duration.ofSeconds(60)));
    Eta eta = moving.eta(PROMPT);
    assertEquals("app NS", Objects.requireNonNull(eta.limit()).link());
    assertTrue(at(104 + 60 + 25).isBefore(Objects.requireNonNull(eta.last()).latest()));
    Spread early = moving.with(0, fresh(110, 30)).with(1, fresh(127, 30));
    assertNull(early.last());
    Spread done = early.with(0, fresh(170, 30)).with(1, old(171, 5)).with(1, fresh(177, 30));
    assertTrue(Objects.requireNonNull(done.last()).latest().isBefore(at(177.1)));
  }

  @Test
  void theTimeIsSplitIntoItsParts() {
    assertEquals(new Parts(span(0, 1.02), null, null, null), round(begun.parts()));
    Spread done = synced.with(0, fresh(110, 30)).with(1, fresh(127, 30));
    assertEquals(
        new Parts(span(0, 1.02), span(1.98, 4.02), span(0, 24.02), span(0, 27.02)),
        round(done.parts()));
    assertEquals("office", Objects.requireNonNull(done.limit()).resolver());
    assertNull(begun.limit());
  }

  @Test
  void sharesAreCertainAndPossible() {
    Spread half = synced.with(0, fresh(110, 30));
    assertEquals(new Share(1, 2, 2), half.caches(at(111)));
    assertEquals(new Share(1, 2, 2), half.resolvers(at(111)));
    assertEquals(new Share(30, 40, 40), half.users(at(111)));
    assertEquals(75.0, Objects.requireNonNull(half.users(at(111))).certainPercent());
  }

  @Test
  void withoutWeightsUsersAreNotCounted() {
    Spread bare =
        new Spread(at(100), false, 30, Authorities.of(List.of("ns1")), List.of(Looks.endpoint()));
    assertNull(bare.users(at(101)));
  }

  private static Span span(double min, double max) {
    return new Span(millis(min), millis((min + max) / 2), millis(max));
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  private static Parts round(Parts parts) {
    return new Parts(
        round(parts.api()), round(parts.sync()), round(parts.tail()), round(parts.whole()));
  }

  private static @Nullable Span round(@Nullable Span span) {
    return span == null ? null : span(span.min().toNanos() / 1e9, span.max().toNanos() / 1e9);
  }
}
