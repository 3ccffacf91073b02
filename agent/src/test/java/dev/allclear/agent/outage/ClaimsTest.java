package dev.allclear.agent.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
}
