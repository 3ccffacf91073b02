package dev.allclear.agent.outage;

import static dev.allclear.agent.outage.Story.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.Depth;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class NamesTest {
  private static final String PING = "ping";
  private static final Map<String, Depth> REQUIRED = Map.of(PING, Depth.SHALLOW);
  private static final Policy QUICK =
      new Policy(
          new Rto(Duration.ofSeconds(30), Rto.From.ONSET),
          1,
          1,
          1,
          Duration.ZERO,
          Duration.ofMillis(1));

  private static Health replayed(Story story) {
    return story.events.stream()
        .reduce(Health.unknown(Story.SHOP, REQUIRED), Health::after, (_, last) -> last);
  }

  private static String next(Health health, Moment at) {
    return health.names().next(health.cell(), at);
  }

  @Test
  void twoOutagesOfOneSecondHaveTwoIds() {
    Story story = new Story(QUICK, REQUIRED);
    story.pass(PING, 1000, 1001);
    story.fail(PING, 2100, 2101).pass(PING, 2200, 2201).pass(PING, 2300, 2301);
    story.fail(PING, 2400, 2401).pass(PING, 2500, 2501).pass(PING, 2600, 2601);
    assertEquals(
        "[shop-20260101-000002, shop-20260101-000002-2]",
        History.of(story.events.stream().map(event -> new Change(Story.SHOP, event)).toList())
            .incidents()
            .stream()
            .map(Incident::id)
            .toList()
            .toString());
    assertEquals("shop-20260101-000002-3", next(replayed(story), at(2999)));
    assertEquals("shop-20260101-000003", next(replayed(story), at(3000)));
  }

  @Test
  void noClockThatIsSetMakesTwoAlike() {
    SplittableRandom random = new SplittableRandom(1);
    Names names = Names.NONE;
    TreeSet<String> all = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      Moment detected = at(random.nextInt(20_000));
      all.add(names.next(Story.SHOP, detected));
      names = names.after(detected);
    }
    assertEquals(1000, all.size());
  }
}
