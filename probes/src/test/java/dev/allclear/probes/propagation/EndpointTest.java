package dev.allclear.probes.propagation;

import static dev.allclear.probes.propagation.Looks.at;
import static dev.allclear.probes.propagation.Looks.endpoint;
import static dev.allclear.probes.propagation.Looks.event;
import static dev.allclear.probes.propagation.Looks.fresh;
import static dev.allclear.probes.propagation.Looks.old;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EndpointTest {

  @Test
  void oneCacheThatRefreshedItsEntryIsStillOne() {
    assertEquals(1, endpoint(old(0, 5), old(3, 2), old(6.3, 30), old(9, 27)).fragments());
  }

  @Test
  void endsThatFallBackTellSeveralCaches() {
    Endpoint endpoint =
        endpoint(old(0, 10), old(0.4, 20), old(0.8, 28), old(2, 26), old(2.4, 18), old(2.8, 7));
    assertEquals(3, endpoint.fragments());
  }

  @Test
  void aFirstAnswerPassedThroughWithAnotherTtlIsNoSecondCache() {
    assertEquals(1, endpoint(old(0, 60), old(20, 10), old(40, 10)).fragments());
  }

  @Test
  void namesThatComeBackWithTheirEntryTellCachesApart() {
    Endpoint endpoint =
        endpoint(old(0, 20).from("a"), old(0.4, 20).from("b"), old(1.2, 19).from("a"));
    assertEquals(Set.of("a", "b"), endpoint.caches().keySet());
    assertEquals(2, endpoint.fragments());
  }

  @Test
  void aNameKeptWithACachedPacketTellsNothing() {
    Endpoint endpoint =
        endpoint(
            old(0, 20).from("a"),
            old(4, 16).from("a"),
            old(21.5, 20).from("b"),
            old(25, 17).from("b"),
            old(43, 20).from("a"));
    assertEquals(Set.of(""), endpoint.caches().keySet());
    assertEquals(1, endpoint.fragments());
  }

  @Test
  void aNamePassedOnWithTheAnswerOfAnAuthorityIsNoSecondCache() {
    Sighting passed = new Sighting(at(0), at(0.02), Said.OLD, 20, true, Set.of(), "authority");
    assertFalse(endpoint(passed, old(4, 16), old(9, 11)).blended(Published.of(20)));
    assertTrue(endpoint(old(0, 20).from("a"), old(4, 16), old(9, 11)).blended(Published.of(20)));
  }

  @Test
  void eachNamedCacheFlipsByItself() {
    Endpoint endpoint =
        endpoint(
            old(0, 20).from("a"),
            old(0.4, 10).from("b"),
            old(1.2, 19).from("a"),
            fresh(12, 30).from("b"),
            old(13, 7).from("a"));
    assertTrue(Objects.requireNonNull(endpoint.flips(event(0, 1, 30)).get("b")).happened());
    assertFalse(Objects.requireNonNull(endpoint.flips(event(0, 1, 30)).get("a")).happened());
  }

  @Test
  void ofSeveralCachesWithoutNamesOneNewAnswerSaysNothing() {
    Endpoint endpoint = endpoint(old(0, 10), old(0.4, 20), old(2, 8), old(2.4, 18), old(5, 5));
    Endpoint one = endpoint.with(fresh(12, 30));
    assertFalse(Objects.requireNonNull(one.flips(event(0, 1, 30)).get("")).happened());
    Endpoint six = one;
    for (int i = 0; i < 6; i++) {
      six = six.with(fresh(35 + i, 20 - i));
    }
    Flip flip = Objects.requireNonNull(six.flips(event(0, 1, 30)).get(""));
    assertEquals(Looks.at(32), flip.latest());
  }
}
