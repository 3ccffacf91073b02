package dev.allclear.probes.propagation;

import static dev.allclear.probes.propagation.Looks.at;
import static dev.allclear.probes.propagation.Looks.endpoint;
import static dev.allclear.probes.propagation.Looks.event;
import static dev.allclear.probes.propagation.Looks.old;
import static dev.allclear.probes.propagation.Looks.without;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class VerdictsTest {
  private static final Event QUIET = new Event(at(10_000), null, Published.of(30), false);

  private static Verdict verdict(@Nullable Outage outage, Sighting... looks) {
    return Verdicts.of(endpoint(looks), QUIET, outage == null ? List.of() : List.of(outage))
        .getFirst();
  }

  private static Sighting[] entries(int count, int ttl) {
    int half = ttl / 2;
    List<Sighting> looks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double begin = 100 + i * (ttl + 1.5) + 0.03 * i;
      looks.add(old(begin, ttl));
      looks.add(old(begin + half + 0.4, ttl - half));
    }
    return looks.toArray(Sighting[]::new);
  }

  @Test
  void nothingSeenProvesNothing() {
    assertEquals(Verdict.Unknown.NOTHING_SEEN, verdict(null, old(0, 30)));
  }

  @Test
  void fullLivesOfThePublishedTtlObey() {
    assertInstanceOf(Verdict.Obeys.class, verdict(null, entries(8, 30)));
  }

  @Test
  void moreThanIsPublishedIsAFloor() {
    Verdict.Floor floor = assertInstanceOf(Verdict.Floor.class, verdict(null, entries(8, 60)));
    assertEquals(60, floor.seconds());
    assertEquals(4, floor.proof().size());
  }

  @Test
  void freshEntriesBelowWhatIsPublishedAreACeiling() {
    Verdict.Ceiling ceiling =
        assertInstanceOf(Verdict.Ceiling.class, verdict(null, entries(8, 10)));
    assertEquals(10, ceiling.shown());
    assertEquals(18, ceiling.most());
  }

  @Test
  void entriesReplacedInTheirLastSecondsAreRefreshedEarly() {
    List<Sighting> looks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      looks.add(old(100 + 28 * i + 2.3, 28));
      looks.add(old(100 + 28 * i + 20.5, 10));
    }
    looks.add(0, old(50.5, 30));
    Verdict.EarlyRefresh early =
        assertInstanceOf(Verdict.EarlyRefresh.class, verdict(null, looks.toArray(Sighting[]::new)));
    assertEquals(1.0, early.seconds(), 1.0);
  }

  @Test
  void theSameTtlAgainAndAgainIsFrozen() {
    Verdict.Frozen frozen =
        assertInstanceOf(
            Verdict.Frozen.class,
            verdict(null, old(0, 5), old(2, 10), old(4, 10), old(7, 10), old(9.5, 10)));
    assertEquals(10, frozen.seconds());
  }

  @Test
  void manyLooksInARowTellThatATtlStandsStill() {
    Sighting[] looks = new Sighting[20];
    for (int i = 0; i < looks.length; i++) {
      looks[i] = old(0.4 * i, 6);
    }
    assertInstanceOf(Verdict.Frozen.class, verdict(null, looks));
  }

  @Test
  void theSameFullTtlWithTheFlagOfAnAuthorityIsIntercepted() {
    Sighting[] looks = new Sighting[5];
    for (int i = 0; i < looks.length; i++) {
      looks[i] = new Sighting(at(3 * i), at(3 * i + 0.02), Said.OLD, 30, true, Set.of(), null);
    }
    assertInstanceOf(Verdict.Intercepted.class, verdict(null, looks));
  }

  @Test
  void endedValuesWhileTheAuthoritiesAnswerAreStaleFirst() {
    Sighting stale = old(31, 30).with(Set.of(3));
    assertInstanceOf(Verdict.StaleFirst.class, verdict(null, old(0, 30), stale));
    assertInstanceOf(
        Verdict.StaleOnFailure.class, verdict(new Outage(at(20), at(25)), old(0, 30), stale));
    assertInstanceOf(
        Verdict.StaleFirst.class, verdict(new Outage(at(200), null), old(0, 30), stale));
  }

  @Test
  void oldValuesFetchedWhileNobodyAnsweredMayBeStaleWithoutAWord() {
    Outage outage = new Outage(at(20), at(25), at(80), at(81));
    Sighting unmarked = old(60, 28);
    assertEquals(
        new Verdict.Unknown(List.of(unmarked)), verdict(outage, old(0, 30), unmarked, old(90, 30)));
    assertEquals(Verdict.Unknown.NOTHING_SEEN, verdict(outage, old(0, 90), old(60, 30)));
  }

  @Test
  void failuresLongAfterTheAuthoritiesCameBackAreTheResolversOwn() {
    Outage outage = new Outage(at(0), at(150));
    assertInstanceOf(
        Verdict.FailingAfterRecovery.class, verdict(outage, without(190, Said.FAILED)));
    assertEquals(Verdict.Unknown.NOTHING_SEEN, verdict(outage, without(180, Said.FAILED)));
    assertEquals(Verdict.Unknown.NOTHING_SEEN, verdict(outage, without(190, Said.SILENT)));
  }

  @Test
  void endsThatFallBackAreFragments() {
    Verdict.Fragmented fragmented =
        assertInstanceOf(
            Verdict.Fragmented.class,
            verdict(null, old(0, 10), old(0.4, 28), old(2, 8), old(2.4, 26), old(3, 7)));
    assertEquals(2, fragmented.caches());
  }

  @Test
  void whoGivesTheOldValueLongAfterItsEndDoesNotObey() {
    Endpoint endpoint = endpoint(entries(8, 30)).with(old(500, 30));
    List<Verdict> verdicts = Verdicts.of(endpoint, event(360, 361, 30), List.of());
    assertEquals(List.of(Verdict.Unknown.NOTHING_SEEN), verdicts);
    assertEquals(Map.of(), endpoint.parts());
  }
}
