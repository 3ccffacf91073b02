package dev.allclear.agent.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.allclear.probes.Depth;
import dev.allclear.probes.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DepthsTest {
  private final Story story =
      new Story(Story.policy(), Map.of("ping", Depth.SHALLOW, "buy", Depth.DEEP));

  private static Span span(long min, long likely, long max) {
    return new Span(Duration.ofMillis(min), Duration.ofMillis(likely), Duration.ofMillis(max));
  }

  private Story healthy() {
    for (long at = 0; at < 3000; at += 1000) {
      story.pass("ping", at, at + 10).pass("buy", at + 100, at + 200);
    }
    return story;
  }

  /// Both fail from 3000 on.
  private Story down() {
    healthy();
    for (long i = 0; i < 3; i++) {
      story.fail("ping", 3000 + i * 100, 3010 + i * 100);
    }
    return story.fail("buy", 3300, 3400);
  }

  @Test
  void shallowGreenWhileDeepFailsIsPartial() {
    down().pass("ping", 5000, 5010);

    assertEquals("partial", story.health.label());
    assertEquals("recovering", story.state());
    story.pass("buy", 7000, 7100);
    assertEquals("verifying", story.health.label());
  }

  @Test
  void measuresHowLongShallowPassedWhileDeepFailed() {
    down().pass("ping", 5000, 5010).fail("buy", 6000, 6100).pass("buy", 7000, 7100);

    // From between 3200 and 5010 until between 6000 and 7100.
    assertEquals(span(990, 2445, 3900), story.incident().disagreement().length(Story.at(9000)));
    assertEquals(
        List.of("depths-differ", "first-good", "depths-agree", "verifying"),
        story.incident().timeline().stream().skip(3).map(Entry::type).toList());
  }

  @Test
  void goesOnUntilNowWhileDeepFails() {
    down().pass("ping", 5000, 5010);

    assertEquals(span(3990, 4895, 5800), story.incident().disagreement().length(Story.at(9000)));
  }

  @Test
  void deepFailingAloneIsMeasuredFromTheOnset() {
    healthy();
    for (long i = 0; i < 3; i++) {
      story.fail("buy", 3100 + i * 200, 3200 + i * 200);
    }

    assertEquals("down", story.health.label());
    assertEquals(story.incident().onset(), story.incident().disagreement().since());
  }

  @Test
  void endsWhenShallowFailsToo() {
    healthy();
    for (long i = 0; i < 3; i++) {
      story.fail("buy", 3100 + i * 200, 3200 + i * 200);
    }
    story.pass("ping", 4000, 4010).fail("ping", 5000, 5010);
    assertNotNull(story.incident().disagreement().since());
    story.fail("ping", 5100, 5110);

    assertNull(story.incident().disagreement().since());
    // From between 2100 and 3200 until between 4000 and 5010.
    assertEquals(span(800, 1855, 2910), story.incident().disagreement().length(Story.at(9000)));
  }

  @Test
  void whileTheAgentCannotSeeNobodyKnows() {
    down()
        .pass("ping", 5000, 5010)
        .happen(new Event.Blind(Story.at(9000), Story.at(6000), "agent not running"))
        .pass("ping", 9100, 9110);

    assertEquals("partial", story.health.label());
    story.pass("buy", 9200, 9300);
    // Before it 990 to 2800, and up to 3000 within; after it 0 to 300.
    assertEquals(span(990, 1895, 6100), story.incident().disagreement().length(Story.at(9999)));
  }

  @Test
  void whatAlwaysAgreedIsNull() {
    down().pass("buy", 4000, 4100).pass("ping", 5000, 5010);

    assertNull(story.incident().disagreement().length(Story.at(9000)));
  }
}
