package dev.allclear.agent.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// To which outage claims come, whether they are early, late, or said twice.
final class ClaimsTest {
  private static final long MINUTE = 60_000;

  /// Where its outage is open from 2 s on.
  private static Story down() {
    Story one = new Story(Story.policy(), Map.of("get", Depth.SHALLOW));
    one.pass("get", 0, 10).pass("get", 1000, 1010).pass("get", 2000, 2010);
    one.fail("get", 3000, 3010).fail("get", 3100, 3110).fail("get", 3200, 3210);
    return one;
  }

  /// It is over from 20 s on.
  private static Story recovered(Story one) {
    one.pass("get", 6000, 6010).pass("get", 7000, 7010).pass("get", 8050, 8060);
    return one.pass("get", 20_000, 20_010);
  }

  private static Claim note(String key, long millis) {
    return new Claim(key, "eve", Bounds.at(Story.at(millis)), new Said.Note(key));
  }

  private static String holding(Story story, Claim claim) {
    History history =
        History.of(story.events.stream().map(event -> new Change(Story.SHOP, event)).toList());
    return history.holding(Story.SHOP, claim);
  }

  /// As a recorder has it.
  private static Story say(Story story, Claim claim, long heard) {
    return story.happen(new Event.Claimed(Story.at(heard), holding(story, claim), claim));
  }

  private static List<String> keys(Incident incident) {
    return incident.claims().stream().map(each -> each.claim().key()).toList();
  }

  @Test
  void joinsTheOpenOutageAndChangesNoState() {
    Story one = down();
    State before = one.health.state();

    say(one, note("a", 4000), 4100);

    assertEquals(before, one.health.state());
    assertEquals(List.of("a"), keys(one.incident()));
    assertEquals(one.incident(), one.health.incident());
    assertEquals("eve says: a", one.incident().timeline().getLast().text());
    assertEquals("note", one.incident().timeline().getLast().type());
  }

  @Test
  void earlyOnesAreTakenOver() {
    Story one = new Story(Story.policy(), Map.of("get", Depth.SHALLOW));
    say(one, note("too early", -14 * MINUTE - 59_000), -14 * MINUTE);
    say(one, note("early", -13 * MINUTE), -13 * MINUTE);
    one.pass("get", 0, 10).pass("get", 1000, 1010).pass("get", 2000, 2010);
    say(one, note("just before", 2900), 2950);
    assertNull(one.health.incident());

    one.pass("get", 3000, 3010);
    one.fail("get", 4000, 4010).fail("get", 4100, 4110).fail("get", 4200, 4210);

    assertEquals(List.of("early", "just before"), keys(one.incident()));
    assertEquals(one.incident(), one.health.incident());
    assertEquals(EarlyClaims.NONE, one.health.early());
  }

  @Test
  void whatWasSaidLongBeforeTheOnsetIsNotAboutIt() {
    Story one = new Story(Story.policy(), Map.of("get", Depth.SHALLOW));
    say(one, note("old", 2000 - 15 * MINUTE - 1), 0);
    say(one, note("new", 2000 - 15 * MINUTE), 0);
    one.pass("get", 0, 10).pass("get", 1000, 1010).pass("get", 2000, 2010);
    one.fail("get", 3000, 3010).fail("get", 3100, 3110).fail("get", 3200, 3210);

    assertEquals(List.of("new"), keys(one.incident()));
  }

  @Test
  void anOutageOfUnknownOnsetTakesNothingOld() {
    Story one = new Story(Story.policy(), Map.of("get", Depth.SHALLOW));
    say(one, note("old", -16 * MINUTE), -16 * MINUTE);
    say(one, note("new", -14 * MINUTE), -14 * MINUTE);
    one.fail("get", 0, 10).fail("get", 100, 110).fail("get", 200, 210);

    assertEquals(Moment.UNBOUNDED, one.incident().onset().earliest());
    assertEquals(List.of("new"), keys(one.incident()));
  }

  @Test
  void lateOnesAreFiledByTheirTime() {
    Story one = recovered(down());
    String first = one.incident().id();
    say(one, note("late", 5000), 30_000);
    assertNull(one.health.incident());
    assertEquals(List.of("late"), keys(one.incident()));

    one.fail("get", 40_000, 40_010).fail("get", 40_100, 40_110).fail("get", 40_200, 40_210);
    say(one, note("later", 6000), 41_000);
    say(one, note("before the second", 30_000), 42_000);
    say(one, note("of the second", 41_000), 43_000);

    List<Incident> both =
        History.of(one.events.stream().map(event -> new Change(Story.SHOP, event)).toList())
            .incidents();
    assertEquals(first, both.getFirst().id());
    assertEquals(List.of("late", "later"), keys(both.getFirst()));
    assertEquals(List.of("before the second", "of the second"), keys(both.getLast()));
    assertEquals(both.getLast(), one.health.incident());
  }

  @Test
  void standsInTheTimelineWhereItIsSaidToHaveHappened() {
    Story one = down();
    say(one, note("of 3.1 s", 3100), 5000);
    say(one, note("of 2.9 s", 2900), 6000);

    assertEquals(
        List.of("onset", "note", "note", "detected"),
        one.incident().timeline().stream().map(Entry::type).toList());
    assertEquals(List.of("of 2.9 s", "of 3.1 s"), keys(one.incident()));
  }

  @Test
  void saidAgainIsNothingNew() {
    Story one = new Story(Story.policy(), Map.of("get", Depth.SHALLOW));
    say(one, note("a", 0), 0);
    say(one, note("a", 0), 10);
    assertEquals(1, one.health.early().claims().size());
    one.fail("get", 0, 10).fail("get", 100, 110).fail("get", 200, 210);
    Incident before = one.incident();

    say(one, note("a", 0), 300);

    assertEquals(before, one.incident());
    assertEquals(before, one.health.incident());
  }

  @Test
  void ofManyEarlyOnesTheNewestAreKept() {
    Story one = new Story(Story.policy(), Map.of("get", Depth.SHALLOW));
    for (int i = 0; i < 150; i++) {
      say(one, note("n" + i, i), i);
    }

    assertEquals(100, one.health.early().claims().size());
    assertEquals("n50", one.health.early().claims().getFirst().claim().key());
  }

  @Test
  void aTimeToComeBelongsToTheOpenOutage() {
    Story one = down();
    say(one, note("tomorrow", 1440 * MINUTE), 4000);

    assertEquals(List.of("tomorrow"), keys(one.incident()));
    assertEquals(
        Duration.ofDays(1),
        Duration.between(Story.EPOCH, one.incident().claims().getFirst().claim().time()));
    assertEquals(Objects.requireNonNull(one.health.incident()).id(), one.incident().id());
  }

  private static Claim said(String key, long millis, Said said) {
    return new Claim(key, "", Bounds.at(Story.at(millis)), said);
  }

  @Test
  void whatAnOutageBeganEndsInItThoughItIsClosed() {
    Said fired = new Said.DetectorFired("grafana", "5xx");
    Said cleared = new Said.DetectorCleared("grafana", "5xx");
    Story one = down();
    say(one, said("fired", 4000, fired), 4000);
    recovered(one);
    say(one, said("of another", 25_000, new Said.DetectorCleared("grafana", "slow")), 25_000);
    say(one, said("fired later", 25_500, fired), 25_500);
    say(one, said("cleared", 26_000, cleared), 26_000);
    say(one, said("cleared again", 27_000, cleared), 27_000);

    assertEquals(List.of("fired", "cleared"), keys(one.incident()));
    assertEquals(3, one.health.early().claims().size());
  }

  @Test
  void afterAnHourItsEndIsNoLongerAwaited() {
    Story one = down();
    say(one, said("s", 4000, new Said.StepStarted("x", Said.Mode.AUTO, "")), 4000);
    recovered(one);
    Said ended = new Said.StepFinished("x", Said.Mode.AUTO, Said.Result.OK, "");

    assertEquals("", holding(one, said("late", 20_011 + 60 * MINUTE, ended)));
    assertEquals(one.incident().id(), holding(one, said("soon", 20_010 + 60 * MINUTE, ended)));
  }

  @Test
  void valuesToldAgainAndAgainReplaceOneAnotherInTheLongRun() {
    Story one = down();
    String id = one.incident().id();
    for (int i = 0; i < Filed.MANY + 50; i++) {
      Claim gauge = said("g" + i, 4000 + i, new Said.Gauge("lag", i, "s"));
      one.happen(new Event.Claimed(Story.at(4000 + i), id, gauge));
    }
    say(one, note("still", 6000), 6000);
    say(one, said("old", 4500, new Said.Gauge("lag", -1, "s")), 6100);
    say(one, said("other", 6200, new Said.Gauge("other", 1, "s")), 6200);

    List<String> keys = keys(one.incident());
    assertEquals(Filed.MANY + 2, keys.size());
    assertEquals(List.of("g998", "g1049", "still", "other"), keys.subList(998, 1002));
    assertEquals(Filed.MANY + 4, one.incident().timeline().size());
  }

  @Test
  void noOutageKeepsMoreThanItCan() {
    List<Event.Claimed> claims = List.of();
    for (int i = 0; i < Filed.MOST + 5; i++) {
      claims = Filed.with(claims, new Event.Claimed(Story.at(i), "", note("n" + i, i)));
    }
    assertEquals(Filed.MOST, claims.size());
  }

  /// Whatever is claimed whenever changes no state, no moment and no verdict; the ledger read again
  /// gives the same, and every claim is in one outage at most.
  @Test
  void claimsOnlyAddToWhatIsObserved() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Story plain = new Story(Story.policy(), Map.of("get", Depth.SHALLOW));
      Story claimed = new Story(Story.policy(), Map.of("get", Depth.SHALLOW));
      boolean up = true;
      for (long now = 0; now < 60_000; now += 500) {
        up = random.nextInt(12) == 0 ? !up : up;
        observe(plain, up, now);
        observe(claimed, up, now);
        if (random.nextInt(3) == 0) {
          long when = now - random.nextInt(70_000) + random.nextInt(10_000);
          say(claimed, note("k" + random.nextInt(40), when), now + 20);
        }
      }
      String seeded = "seed " + seed;
      assertEquals(plain.health.state(), claimed.health.state(), seeded);
      assertEquals(plain.health.tracks(), claimed.health.tracks(), seeded);
      List<Incident> incidents = incidents(claimed);
      assertEquals(
          incidents(plain).stream().map(Incident::moments).toList(),
          incidents.stream().map(Incident::moments).toList(),
          seeded);
      Health again = Health.unknown(Story.SHOP, Map.of("get", Depth.SHALLOW));
      for (Event event : claimed.events) {
        again = again.after(event);
      }
      assertEquals(claimed.health.incident(), again.incident(), seeded);
      assertEquals(claimed.health.early(), again.early(), seeded);
      List<Event.Claimed> filed =
          incidents.stream().flatMap(each -> each.claims().stream()).toList();
      assertEquals(filed.size(), filed.stream().distinct().count(), seeded);
      for (Incident incident : incidents) {
        assertEquals(
            incident.claims().stream().sorted(Comparator.comparing(e -> e.claim().time())).toList(),
            incident.claims(),
            seeded);
      }
    }
  }

  private static void observe(Story story, boolean up, long now) {
    if (up) {
      story.pass("get", now, now + 10);
    } else {
      story.fail("get", now, now + 10);
    }
  }

  private static List<Incident> incidents(Story story) {
    return History.of(story.events.stream().map(each -> new Change(Story.SHOP, each)).toList())
        .incidents();
  }
}
