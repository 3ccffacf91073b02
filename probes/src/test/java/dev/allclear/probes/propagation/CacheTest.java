package dev.allclear.probes.propagation;

import static dev.allclear.probes.propagation.Looks.at;
import static dev.allclear.probes.propagation.Looks.cache;
import static dev.allclear.probes.propagation.Looks.event;
import static dev.allclear.probes.propagation.Looks.fresh;
import static dev.allclear.probes.propagation.Looks.learned;
import static dev.allclear.probes.propagation.Looks.old;
import static dev.allclear.probes.propagation.Looks.seconds;
import static dev.allclear.probes.propagation.Looks.without;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CacheTest {

  @Test
  void withoutHabitsTheFlipLiesBetweenTheLastOldAndTheFirstNewAnswer() {
    Flip flip = cache(old(10, 20), fresh(35, 30)).flip(event(0, 5, 30));
    assertEquals(at(10), flip.earliest());
    assertEquals(at(35.02), flip.latest());
  }

  @Test
  void silenceWidensAndNeverFlips() {
    Cache cache = cache(old(10, 20), without(31, Said.SILENT), without(33, Said.FAILED));
    assertFalse(cache.flip(event(0, 5, 30)).happened());
    Flip flip = cache.with(fresh(40, 30)).flip(event(0, 5, 30));
    assertEquals(at(10), flip.earliest());
    assertEquals(at(40.02), flip.latest());
  }

  @Test
  void aNewValueSeenBeforeEveryAuthorityIsNewIsNotForGood() {
    Cache cache = cache(old(10, 20), fresh(35, 30));
    assertFalse(cache.flip(event(0, 36, 30)).happened());
    assertEquals(at(40.02), cache.with(fresh(40, 30)).flip(event(0, 36, 30)).latest());
  }

  @Test
  void theOldValueAfterTheNewOneIsFlappingAndCountsAnew() {
    Cache cache = cache(old(10, 20), fresh(35, 30), old(50, 15), fresh(70, 30));
    Flip flip = cache.flip(event(0, 5, 30));
    assertTrue(flip.flapped());
    assertEquals(at(50), flip.earliest());
    assertEquals(at(70.02), flip.latest());
  }

  @Test
  void theAgeOfTheNewEntryDatesTheFlipOfALearnedCache() {
    Cache cache = learned(8).with(old(241.5, 29)).with(fresh(275, 25));
    Flip flip = cache.flip(event(241, 242, 30));
    assertTrue(flip.earliest().compareTo(at(268.9)) >= 0, flip::toString);
    assertTrue(Objects.requireNonNull(flip.latest()).isBefore(at(272.1)), flip::toString);
  }

  @Test
  void nothingNewWasFetchedBeforeAnAuthorityHadIt() {
    Event event = new Event(at(299.9), at(299.2), at(299.95), Published.of(30), false);
    assertEquals(at(299.2), learned(8).with(fresh(300, 30)).flip(event).earliest());
    Flip older = learned(8).with(fresh(300, 10)).flip(event);
    assertTrue(older.earliest().isBefore(at(281)), older::toString);
  }

  @Test
  void looksLateInAnEntryDoNotMakeTwoOfIt() {
    Cache cache = cache(old(10.2, 20), old(15.7, 15), old(58.3, 2), old(59.5, 1));
    assertTrue(cache.habits(Published.of(20)).steady());
  }

  @Test
  void anEntryWithAnotherTtlIsNotDatedByTheOldOne() {
    Cache cache = learned(8).with(old(241.5, 29)).with(fresh(275, 5));
    Event shorter = new Event(at(241), at(242), new Published(30, 5), false);
    assertEquals(at(275.02), cache.flip(shorter).latest());
    Event unknown = new Event(at(241), at(242), new Published(30, Published.UNKNOWN), false);
    assertEquals(at(275.02), cache.flip(unknown).latest());
  }

  @Test
  void twoLooksAtOneEntryNarrowItsEnd() {
    Published published = Published.of(30);
    Forecast one = Objects.requireNonNull(cache(old(10.2, 20)).forecast(published));
    Forecast two = Objects.requireNonNull(cache(old(10.2, 20), old(15.7, 15)).forecast(published));
    assertEquals(2.03, one.expiry().width().toMillis() / 1000.0, 0.01);
    assertEquals(1.53, two.expiry().width().toMillis() / 1000.0, 0.03);
  }

  @Test
  void aZeroAtTheEndOfACountdownTellsTheClass() {
    Published published = Published.of(30);
    Cache unbound = cache(old(10.2, 20), old(15.7, 15), old(30.6, 0));
    assertEquals(1, unbound.habits(published).lag());
    assertEquals(-1, cache(old(10.2, 20), old(15.7, 15)).habits(published).lag());
    Cache uncached = cache(old(10.2, 0), old(15.7, 0));
    assertEquals(-1, uncached.habits(published).lag());
  }

  @Test
  void ttlsThatDoNotCountDownVoidTheForecast() {
    Published published = Published.of(300);
    Cache frozen = cache(old(10, 10), old(15, 10), old(18, 10));
    assertNull(Objects.requireNonNull(cache(old(10, 10)).forecast(published)).doubt());
    Cache jumping = cache(old(0, 300), old(20, 295));
    assertEquals(
        "its TTL did not count down as one entry's does",
        Objects.requireNonNull(jumping.forecast(published)).doubt());
    assertFalse(frozen.habits(published).steady());
  }

  @Test
  void aStaleAnswerIsOldButCountsNothingDown() {
    Cache cache = cache(old(10, 20), old(31.5, 30).with(Set.of(3)));
    Forecast forecast = Objects.requireNonNull(cache.forecast(Published.of(30)));
    assertEquals("it gives the old value without a TTL that counts down", forecast.doubt());
    assertTrue(seconds(forecast.expiry().latest()) < 32);
    assertEquals(at(31.5), cache.old());
  }

  @Test
  void clocksThatRanApartForgetTheHabitsButNotTheLastOldAnswer() {
    Cache cache = cache(old(10.2, 20), old(15.7, 15));
    Moment stepped = new Moment(at(20).wall().minusSeconds(5), at(20).nanos(), 1);
    Sighting look = Sighting.of(stepped, stepped.plus(Duration.ofMillis(20)), Said.NEW, 30);
    Cache after = cache.with(look);
    assertEquals(1, after.seen().size());
    assertEquals(at(15.7), after.flip(event(0, 5, 30)).earliest());
  }

  @Test
  void soManyLooksAreRememberedAndTheEmptyOnesGoFirst() {
    Cache cache = cache(old(0, 30));
    for (int i = 1; i < 200; i++) {
      cache = cache.with(without(2 * i, Said.SILENT));
    }
    assertEquals(Cache.REMEMBERED, cache.seen().size());
    assertEquals(Said.OLD, cache.seen().getFirst().said());
  }

  @Test
  void whatWasNewIsOldOnceTheChangeIsOver() {
    Cache settled = cache(old(10, 20), fresh(35, 30)).settled(false);
    assertEquals(Said.OLD, settled.seen().getFirst().said());
    assertEquals(1, settled.seen().size());
    assertNull(settled.old());
  }
}
