package dev.allclear.agent.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Bounds;
import dev.allclear.probes.Depth;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// When somebody must have begun to do something about it, and from when it counts where those who
/// declare it decide that.
final class OverdueTest {
  private static Policy policy(Rto.From from) {
    Rto rto = new Rto(Duration.ofSeconds(30), from, Duration.ofSeconds(5));
    return new Policy(rto, 3, 4, 3, Duration.ofSeconds(2), Duration.ofSeconds(5));
  }

  private final Story story = new Story(policy(Rto.From.DECLARED), Map.of("get", Depth.SHALLOW));

  /// Detected at 3.21 s.
  private void down() {
    story.pass("get", 0, 10).pass("get", 1000, 1010).pass("get", 2000, 2010);
    story.fail("get", 3000, 3010).fail("get", 3100, 3110).fail("get", 3200, 3210);
  }

  private void says(long millis, Said said) {
    Claim claim = new Claim(said.label(), "ada", Bounds.at(Story.at(millis)), said);
    story.happen(new Event.Claimed(Story.at(millis), story.incident().id(), claim));
  }

  private void recovers() {
    story.pass("get", 20_000, 20_010).pass("get", 21_000, 21_010).pass("get", 22_050, 22_060);
    assertEquals("verified", story.state());
  }

  @Test
  void isOverdueOnceAfterTooLongATimeWithoutAClaim() {
    down();
    story.fail("get", 8000, 8205);
    assertTrue(story.incident().overdue().isEmpty());
    story.fail("get", 8200, 8215).fail("get", 9000, 9010);
    assertEquals(Story.at(8215), story.incident().overdue().orElseThrow());
    assertEquals(1, story.kinds().stream().filter("Overdue"::equals).count());
  }

  @Test
  void aClaimOfAnyRemedyIsInTime() {
    down();
    says(8000, new Said.StepStarted("fail over", Said.Mode.AUTO, ""));
    story.fail("get", 9000, 9010);
    assertFalse(story.kinds().contains("Overdue"));
  }

  @Test
  void anAcknowledgementIsNoRemedy() {
    down();
    says(4000, new Said.Acknowledged());
    story.fail("get", 9000, 9010);
    assertTrue(story.kinds().contains("Overdue"));
  }

  @Test
  void whatIsVerifiedNeedsNoRemedy() {
    down();
    story.pass("get", 3500, 3510).pass("get", 4500, 4510).pass("get", 5550, 5560);
    story.pass("get", 9000, 9010);
    assertFalse(story.kinds().contains("Overdue"));
  }

  @Test
  void countsFromTheDeclaration() {
    down();
    says(6000, new Said.IncidentDeclared("shop is down"));
    recovers();
    Incident incident = story.incident();
    assertEquals(Duration.ofMillis(16_060), incident.recoveryTime(Story.at(30_000)).max());
    assertEquals(Duration.ofMillis(16_060), incident.recoveryTime(Story.at(30_000)).min());
  }

  @Test
  void withoutADeclarationItMayHaveBeenAtAnyTime() {
    down();
    recovers();
    Incident incident = story.incident();
    assertEquals(Duration.ZERO, incident.recoveryTime(Story.at(30_000)).min());
    assertEquals(Duration.ofMillis(20_060), incident.recoveryTime(Story.at(30_000)).max());
  }
}
