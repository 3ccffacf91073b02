package dev.allclear.probes.propagation;

import static dev.allclear.probes.propagation.Looks.at;
import static dev.allclear.probes.propagation.Looks.cache;
import static dev.allclear.probes.propagation.Looks.endpoint;
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
import dev.allclear.probes.propagation.Query.Purpose;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlanTest {

  private static Query next(Event event, Sighting... looks) {
    return Objects.requireNonNull(Plan.next(endpoint(looks), event));
  }

  @Test
  void asksAtTheChange() {
    assertEquals(new Query(at(100), Purpose.CHANGE), next(event(100, 101, 30), old(80, 25)));
  }

  @Test
  void waitsWithTheChangeWhileSomebodysQuestionCouldRefreshTheEntry() {
    Query query = next(event(103.5, 104, 30), old(80.2, 25), old(90.6, 15));
    assertEquals(Purpose.CHANGE, query.purpose());
    assertTrue(seconds(query.at()) > 106, query::toString);
  }

  @Test
  void looksASecondTimeBeforeAnybodyCouldRefreshAndThenJustAfterTheEnd() {
    Event event = event(100, 101, 30);
    Query check = next(event, old(100, 25));
    assertEquals(Purpose.CHECK, check.purpose());
    assertTrue(seconds(check.at()) > 118 && seconds(check.at()) < 121, check::toString);
    Query expiry = next(event, old(100, 25), old(120.5, 4));
    assertEquals(Purpose.EXPIRY, expiry.purpose());
    assertTrue(seconds(expiry.at()) > 125 && seconds(expiry.at()) < 126.2, expiry::toString);
  }

  @Test
  void needsNoSecondLookAtWhatIsKnown() {
    Endpoint known = new Endpoint("office", "app A", 0, learned(8).with(old(250.3, 20)), Map.of());
    Query query = Objects.requireNonNull(Plan.next(known, event(250, 251, 30)));
    assertEquals(Purpose.EXPIRY, query.purpose());
  }

  @Test
  void asksStaleCachesSoonAndThenEverMoreRarely() {
    Event event = event(100, 101, 30);
    Endpoint endpoint = endpoint(old(100, 5));
    double last = 107;
    double[] gaps = {1.5, 1.5, 1.5, 1.5, 1.5, 2.25, 3.375};
    for (double gap : gaps) {
      endpoint = endpoint.with(old(last, 30).with(Set.of(3)));
      Query query = Objects.requireNonNull(Plan.next(endpoint, event));
      assertEquals(Purpose.OVERDUE, query.purpose());
      assertEquals(last + gap, seconds(query.at()), 1e-6);
      last = seconds(query.at());
    }
  }

  @Test
  void predictsAnewWhenTheOldValueWasTakenUpAgain() {
    Event open = new Event(at(100), null, Published.of(30), false);
    Query query = next(open, old(100, 5), old(106.2, 30));
    assertTrue(seconds(query.at()) > 120, query::toString);
  }

  @Test
  void looksNowAndThenWhereTheTtlTellsNothing() {
    Event event = new Event(at(100), null, Published.of(300), false);
    Query query = next(event, old(100, 300), old(120, 295));
    assertEquals(new Query(at(121.5), Purpose.POLL), query);
  }

  @Test
  void neverAsksForANameBeforeEveryAuthorityHasIt() {
    Event before = new Event(at(100), null, Published.of(30), true);
    assertNull(Plan.next(endpoint(), before));
    Event after = new Event(at(100), at(101), Published.of(30), true);
    assertEquals(Purpose.CHANGE, Objects.requireNonNull(Plan.next(endpoint(), after)).purpose());
  }

  @Test
  void asksAgainWhenNoAnswerCame() {
    Query first = next(event(100, 101, 30), without(100, Said.SILENT));
    assertEquals(new Query(at(102), Purpose.RETRY), first);
    Query second = next(event(100, 101, 30), without(100, Said.SILENT), without(102, Said.SILENT));
    assertEquals(new Query(at(104.5), Purpose.RETRY), second);
  }

  @Test
  void asksEverMoreRarelyThoughNothingIsLeftOfTheFirstFailures() {
    Event event = event(2_000, 2_001, 30);
    Cache full = learned(Cache.REMEMBERED);
    Endpoint endpoint = new Endpoint("office", "app A", 0, full, Map.of());
    int asked = 0;
    for (Moment at = at(2_000); at.isBefore(at(5_600)); asked++) {
      endpoint = endpoint.with(Sighting.without(at, at.plus(Duration.ofMillis(400)), Said.FAILED));
      at = Objects.requireNonNull(Plan.next(endpoint, event)).at();
    }
    assertTrue(asked < 200, "asked " + asked);
  }

  @Test
  void countsTheCachesWithThirtyQuestionsButNotWhileOneCouldRefresh() {
    Endpoint endpoint = endpoint(old(100, 25));
    Published published = Published.of(30);
    assertEquals(at(100.4), survey(endpoint, published, 1, 100.1).at());
    assertTrue(at(125).isBefore(survey(endpoint, published, 2, 123.5).at()));
    assertNull(Plan.survey(endpoint, published, 30, at(100.1)));
  }

  private static Query survey(Endpoint endpoint, Published published, int asked, double now) {
    return Objects.requireNonNull(Plan.survey(endpoint, published, asked, at(now)));
  }

  @Test
  void isDoneWithOneNewAnswerOfAKnownCacheAndThreeOfAnUnknownOne() {
    Event event = event(250, 251, 30);
    Endpoint known =
        new Endpoint(
            "office", "app A", 0, learned(8).with(old(250.3, 20)).with(fresh(271, 30)), Map.of());
    assertNull(Plan.next(known, event));
    Query query = next(event, old(250.3, 20), fresh(271, 30));
    assertEquals(Purpose.CONFIRM, query.purpose());
    assertNull(
        Plan.next(endpoint(old(250.3, 20), fresh(271, 30), fresh(272, 29), fresh(273, 28)), event));
  }

  @Test
  void asksAuthoritiesFourTimesASecondUntilTheyAreNew() {
    Event event = event(100, 101, 30);
    assertEquals(new Query(at(100), Purpose.CHANGE), Plan.authority(cache(old(50, 30)), event));
    assertEquals(new Query(at(100.25), Purpose.POLL), Plan.authority(cache(old(100, 30)), event));
    assertNull(Plan.authority(cache(fresh(100, 30)), event));
  }

  @Test
  void theBaselineNeverAsksWhileSomebodysQuestionCouldRefresh() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      double sent = 1_000 * random.nextDouble();
      int ttl = 10 + random.nextInt(51);
      Sighting look = old(sent, 1 + random.nextInt(ttl));
      Endpoint endpoint = endpoint(look);
      Published published = Published.of(ttl);
      Query query = Plan.baseline(endpoint, published, look.received(), random.nextDouble());
      Forecast forecast = Objects.requireNonNull(endpoint.whole().forecast(published));
      boolean early = query.at().isBefore(forecast.refreshed().earliest());
      boolean late = forecast.expiry().latest().isBefore(query.at());
      assertTrue(early || late, () -> look + " " + query);
    }
  }

  @Test
  void asksOnceInTheSecondAfterTheShownTtlWhetherTheEntryOutlivesIt() {
    Published published = Published.of(30);
    Endpoint unknown = endpoint(old(60.2, 30), old(100.2, 20), old(110.9, 10));
    Query query = Plan.baseline(unknown, published, at(112), 0.5);
    assertTrue(seconds(query.at()) > 120.3 && seconds(query.at()) < 120.8, query::toString);
    Query later = Plan.baseline(unknown.with(old(120.5, 0)), published, at(120.6), 0);
    assertTrue(seconds(later.at()) > 121.3, later::toString);
  }

  @Test
  void aBucketLetsABurstThroughAndThenOneByOne() {
    Bucket bucket = new Bucket(2, Duration.ofSeconds(1), null);
    bucket = bucket.sent(bucket.allowed(at(10)));
    assertEquals(at(10), bucket.allowed(at(10)));
    bucket = bucket.sent(at(10));
    assertEquals(at(11), bucket.allowed(at(10)));
    assertEquals(at(20), bucket.allowed(at(20)));
    assertFalse(bucket.allowed(at(10.5)).isBefore(at(11)));
  }
}
