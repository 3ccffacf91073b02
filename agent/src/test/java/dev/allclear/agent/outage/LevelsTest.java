package dev.allclear.agent.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Policy.Degradation;
import dev.allclear.agent.outage.Policy.Flap;
import dev.allclear.probes.Depth;
import dev.allclear.probes.Outcome;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LevelsTest {
  private static final Level MINOR = new Level("minor", 2);
  private static final Level SLOW = new Level("slow", 1);
  private static final Rto HOUR = new Rto(Duration.ofHours(1), Rto.From.ONSET);
  private static final Degradation DEGRADATION =
      new Degradation(Map.of("search", MINOR), null, Map.of(MINOR, HOUR));
  private static final Map<String, Depth> REQUIRED =
      Map.of("ping", Depth.SHALLOW, "search", Depth.DEEP);

  private final Story story = new Story(Story.policy().degrading(DEGRADATION), REQUIRED);

  private void passes(String probe, long from, int times) {
    for (int i = 0; i < times; i++) {
      story.pass(probe, from + 1000L * i, from + 1000L * i + 10);
    }
  }

  private void fails(String probe, long from, int times) {
    for (int i = 0; i < times; i++) {
      story.fail(probe, from + 100L * i, from + 100L * i + 10);
    }
  }

  private void healthy() {
    for (int i = 0; i < 4; i++) {
      passes("ping", 1000L * i, 1);
      passes("search", 1000L * i + 100, 1);
    }
    assertEquals("healthy", story.state());
  }

  @Test
  void whatMattersLessOnlyDegrades() {
    healthy();
    fails("search", 5000, 3);
    assertEquals("degraded", story.state());
    assertEquals(MINOR, story.incident().standing());
    assertEquals(HOUR, story.incident().rto());
    fails("ping", 6000, 2);
    assertEquals("degraded", story.state(), "not confirmed");
    passes("ping", 6500, 1);
    assertEquals(MINOR, story.incident().standing());
  }

  @Test
  void aWorseFailMustBeConfirmedAndHasItsOwnClock() {
    healthy();
    fails("search", 5000, 3);
    passes("ping", 5500, 1);
    fails("ping", 20_000, 3);
    assertEquals("down", story.state());
    Incident incident = story.incident();
    assertEquals(Level.DOWN, incident.standing());
    assertEquals(Story.policy().rto(), incident.rto());
    Spell down = incident.worst();
    assertEquals(Story.at(5500), down.onset().earliest());
    assertEquals(Story.at(20_010), down.onset().latest());
    assertEquals(Story.at(3100), incident.onset().earliest());
  }

  @Test
  void theWorseIsOverWhileTheLesserGoesOn() {
    healthy();
    fails("ping", 5000, 3);
    fails("search", 5010, 3);
    assertEquals("down", story.state());
    passes("ping", 10_000, 1);
    story.fail("search", 10_500, 10_600);
    passes("ping", 11_000, 1);
    story.fail("search", 11_500, 11_600);
    passes("ping", 13_000, 1);
    assertEquals("degraded", story.state());
    Incident incident = story.incident();
    assertEquals(MINOR, incident.standing());
    Spell down = incident.worst();
    assertEquals(Story.at(13_010), down.verified());
    assertNotNull(down.restored());
    assertEquals(Story.at(10_010), down.restored().latest());
    assertEquals(Verdict.OPEN, incident.verdict(Story.at(60_000)));
    passes("search", 20_000, 1);
    assertEquals("verifying", story.state());
    for (int i = 0; i < 3; i++) {
      passes("search", 21_000 + 1000L * i, 1);
      passes("ping", 21_100 + 1000L * i, 1);
    }
    assertEquals("verified", story.state());
    assertEquals(Story.at(13_010), story.incident().worst().verified(), "stays");
    passes("ping", 40_000, 1);
    assertEquals("healthy", story.state());
    assertEquals(Verdict.MET, story.incident().verdict(Story.at(60_000)));
    assertEquals(2, story.incident().spells().size());
  }

  @Test
  void aRelapseReopensNoMoreThanWhatFails() {
    theWorseIsOverWhileTheLesserGoesOnUntilVerified();
    fails("search", 30_000, 2);
    assertEquals("degraded", story.state());
    assertEquals(1, story.incident().falseRecoveries());
    assertEquals(Story.at(13_010), story.incident().worst().verified());
    assertEquals(MINOR, story.incident().standing());
  }

  private void theWorseIsOverWhileTheLesserGoesOnUntilVerified() {
    healthy();
    fails("ping", 5000, 3);
    fails("search", 5010, 3);
    for (long at : List.of(10_000L, 11_000L, 13_000L)) {
      passes("ping", at, 1);
      story.fail("search", at + 100, at + 200);
    }
    for (int i = 0; i < 4; i++) {
      passes("search", 20_000 + 1000L * i, 1);
      passes("ping", 20_100 + 1000L * i, 1);
    }
    assertEquals("verified", story.state());
  }

  @Test
  void tooSlowDegradesWhereThatHasALevel() {
    Degradation slow = new Degradation(Map.of(), SLOW, Map.of(SLOW, HOUR));
    Map<String, Depth> required = new TreeMap<>(slow.required(Map.of("ping", Depth.SHALLOW)));
    assertEquals(Map.of("ping", Depth.SHALLOW, "ping in time", Depth.SHALLOW), required);
    Story slowly = new Story(Story.policy().degrading(slow), required);
    for (int i = 0; i < 4; i++) {
      slowly.pass("ping", 1000L * i, 1000L * i + 10);
    }
    assertEquals("healthy", slowly.state());
    for (int i = 0; i < 3; i++) {
      slowly.tell(
          "ping", 5000 + 100L * i, 5090 + 100L * i, Outcome.slow("90 ms, not within 50 ms"));
    }
    assertEquals("degraded", slowly.state());
    assertEquals(SLOW, slowly.incident().standing());
    for (int i = 0; i < 4; i++) {
      slowly.pass("ping", 6000 + 1000L * i, 6010 + 1000L * i);
    }
    assertEquals("verified", slowly.state());
  }

  @Test
  void tooSlowVerifiesNothing() {
    Story strict = new Story(Story.policy(), Map.of("ping", Depth.SHALLOW));
    strict.pass("ping", 0, 10);
    for (int i = 0; i < 3; i++) {
      strict.fail("ping", 1000 + 100L * i, 1010 + 100L * i);
    }
    for (int i = 0; i < 9; i++) {
      strict.tell("ping", 2000 + 1000L * i, 2500 + 1000L * i, Outcome.slow("500 ms"));
    }
    assertEquals("recovering", strict.state());
    for (int i = 0; i < 4; i++) {
      strict.pass("ping", 20_000 + 1000L * i, 20_010 + 1000L * i);
    }
    assertEquals("verified", strict.state());
    assertEquals(Story.at(2500), strict.incident().restored().orElseThrow().latest());
  }

  @Test
  void manyBlipsAreFlapping() {
    Policy policy = Story.policy().flapping(new Flap(3, Duration.ofMinutes(1)));
    Story nervous = new Story(policy, Map.of("ping", Depth.SHALLOW));
    for (int i = 0; i < 4; i++) {
      nervous.pass("ping", 1000L * i, 1000L * i + 10);
    }
    long at = 5000;
    for (int blip = 0; blip < 3; blip++, at += 5000) {
      nervous
          .fail("ping", at, at + 10)
          .pass("ping", at + 100, at + 110)
          .pass("ping", at + 200, at + 210);
    }
    assertEquals("verifying", nervous.state());
    Incident incident = nervous.incident();
    assertEquals(Kind.FLAPPING, incident.kind());
    assertEquals(Story.at(3000), incident.onset().earliest());
    assertEquals(Story.at(5010), incident.onset().latest());
    nervous.fail("ping", at, at + 10);
    assertEquals("degraded", nervous.state(), "one fail of what flaps is enough");
    nervous.fail("ping", at + 100, at + 110).fail("ping", at + 200, at + 210);
    nervous.fail("ping", at + 300, at + 310);
    assertEquals("down", nervous.state(), "confirmed, it is an outage");
    assertEquals(Kind.OUTAGE, nervous.incident().kind());
  }

  @Test
  void blipsFarApartAreBlips() {
    Policy policy = Story.policy().flapping(new Flap(3, Duration.ofSeconds(8)));
    Story calm = new Story(policy, Map.of("ping", Depth.SHALLOW));
    for (int i = 0; i < 4; i++) {
      calm.pass("ping", 1000L * i, 1000L * i + 10);
    }
    long at = 5000;
    for (int blip = 0; blip < 9; blip++, at += 5000) {
      calm.fail("ping", at, at + 10)
          .pass("ping", at + 100, at + 110)
          .pass("ping", at + 200, at + 210);
    }
    assertEquals("healthy", calm.state());
  }

  @Test
  void whatIsPlannedIsMaintenanceUntilItTakesLonger() {
    Instant from = Story.EPOCH.plusSeconds(4);
    Maintenance planned =
        new Maintenance(List.of(new Maintenance.Once(from, from.plusSeconds(10))));
    Story kept = new Story(Story.policy().maintained(planned), REQUIRED);
    kept.pass("ping", 0, 10);
    for (int i = 0; i < 3; i++) {
      kept.fail("ping", 5000 + 100L * i, 5010 + 100L * i);
    }
    assertEquals(Kind.MAINTENANCE, kept.incident().kind());
    kept.fail("ping", 13_000, 13_990);
    assertEquals(Kind.MAINTENANCE, kept.incident().kind());
    kept.fail("ping", 13_995, 14_010);
    assertEquals(Kind.OUTAGE, kept.incident().kind());
    assertEquals(Duration.ofSeconds(1), kept.incident().recoveryTime(Story.at(15_000)).min());
  }

  @Test
  void aWeeklyWindowComesAgain() {
    Maintenance weekly =
        new Maintenance(
            List.of(
                new Maintenance.Weekly(
                    DayOfWeek.SUNDAY,
                    LocalTime.of(23, 0),
                    ZoneId.of("Europe/Berlin"),
                    Duration.ofHours(2))));
    Instant monday = Instant.parse("2026-11-22T23:30:00Z");
    assertEquals(Instant.parse("2026-11-23T00:00:00Z"), weekly.endOf(monday).orElseThrow());
    assertTrue(weekly.endOf(monday.plusSeconds(1800)).isEmpty());
    assertTrue(weekly.endOf(Instant.parse("2026-11-22T21:59:59Z")).isEmpty());
    assertEquals(
        Instant.parse("2026-07-05T23:00:00Z"),
        weekly.endOf(Instant.parse("2026-07-05T21:00:00Z")).orElseThrow());
  }
}
