package dev.allclear.agent.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.demo.Script.Cue;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptTest {

  @Test
  void tellsTheSameStoryForTheSameSeed() {
    assertEquals(Script.story(7, 1), Script.story(7, 1));
    assertEquals(firstOfEndless(7), firstOfEndless(7));
  }

  @Test
  void breaksTheWestAndFailsOverToAColdEast() {
    Set<Breakage> kinds = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      List<Cue> story = Script.story(seed, 1);
      assertEquals(4, story.size());
      assertWithin(4, 5.5, story.get(0).after());
      assertWithin(4, 6, story.get(1).after());
      assertEquals(Duration.ZERO, story.get(2).after());
      assertEquals(Duration.ofSeconds(12), story.get(3).after());
      Act.Break broken = assertInstanceOf(Act.Break.class, story.get(0).act());
      assertEquals(Region.WEST, broken.region());
      kinds.add(broken.how());
      Act.Warm warm = assertInstanceOf(Act.Warm.class, story.get(1).act());
      assertEquals(Region.EAST, warm.region());
      assertWithin(3, 6, warm.length());
      assertEquals(new Act.FailOver(Region.EAST), story.get(2).act());
      assertEquals(new Act.Settle(), story.get(3).act());
    }
    assertEquals(Set.of(Breakage.REFUSE, Breakage.ERROR, Breakage.HANG), kinds);
  }

  @Test
  void breaksInDifferentWaysForNeighbouringSeeds() {
    Set<Act> breaks = new HashSet<>();
    for (long seed = 1; seed <= 10; seed++) {
      breaks.add(Script.story(seed, 1).getFirst().act());
    }
    assertEquals(3, breaks.size());
  }

  @Test
  void dividesEveryLengthButThatOfCachesBySpeed() {
    List<Cue> story = Script.story(3, 10);
    assertWithin(0.4, 0.55, story.get(0).after());
    assertWithin(0.4, 0.6, story.get(1).after());
    assertWithin(0.3, 0.6, assertInstanceOf(Act.Warm.class, story.get(1).act()).length());
    assertEquals(Duration.ofMillis(9300), story.get(3).after());
  }

  @Test
  void goesOnByMendingWhatIsBrokenAndBreakingWhatIsInUse() {
    List<Cue> cues = firstOfEndless(5);
    assertEquals(Script.story(5, 1), cues.subList(0, 4));
    Region inUse = Region.EAST;
    for (List<Cue> round : List.of(cues.subList(4, 9), cues.subList(9, 14))) {
      assertEquals(new Cue(Duration.ZERO, new Act.Mend(inUse.other())), round.get(0));
      assertEquals(inUse, assertInstanceOf(Act.Break.class, round.get(1).act()).region());
      assertWithin(20, 60, round.get(1).after());
      assertEquals(new Act.FailOver(inUse.other()), round.get(3).act());
      inUse = inUse.other();
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "0.01", "1000", "NaN"})
  void refusesASpeedThatTellsNoStory(double speed) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Script.story(1, speed));
    assertEquals(
        "speed " + speed + " is out of range; write one from 0.1 to 100.0", e.getMessage());
  }

  private static List<Cue> firstOfEndless(long seed) {
    return Script.endless(seed, 1).limit(14).toList();
  }

  private static void assertWithin(double earliest, double latest, Duration length) {
    double seconds = length.toMillis() / 1000.0;
    assertTrue(earliest <= seconds && seconds <= latest, length::toString);
  }
}
