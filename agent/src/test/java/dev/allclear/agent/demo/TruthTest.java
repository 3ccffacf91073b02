package dev.allclear.agent.demo;

import static dev.allclear.agent.demo.FakeClock.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.demo.Truth.Change;
import dev.allclear.agent.demo.Truth.Change.Broke;
import dev.allclear.agent.demo.Truth.Change.Cooled;
import dev.allclear.agent.demo.Truth.Change.Flipped;
import dev.allclear.agent.demo.Truth.Change.Mended;
import dev.allclear.agent.demo.Truth.Change.Moved;
import dev.allclear.agent.demo.Truth.Change.Warmed;
import dev.allclear.agent.demo.Truth.Fact;
import dev.allclear.agent.demo.Truth.Outage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TruthTest {
  private final List<Fact> facts = new ArrayList<>();

  @Test
  void aFailOverIsGoodWithTheFlipOfObeysAndRestoredWithTheSlowestResolver() {
    happens(4000, new Broke(Region.WEST, Breakage.HANG));
    happens(9000, new Cooled(Region.EAST));
    happens(9000, new Moved(Region.EAST));
    happens(11_000, new Flipped(Manners.OBEYS, Region.EAST));
    happens(12_500, new Flipped(Manners.STALE, Region.EAST));
    happens(14_000, new Warmed(Region.EAST));
    assertEquals(List.of(), outages());
    happens(15_000, new Flipped(Manners.CLAMPS, Region.EAST));
    assertEquals(
        List.of(
            new Outage(
                at(4000),
                at(11_000),
                at(15_000),
                Map.of("obeys", at(11_000), "stale", at(12_500), "clamps", at(15_000)))),
        outages());
  }

  @Test
  void aFailOverIsRestoredWhenTheNewRegionIsWarmIfThatIsLast() {
    happens(4000, new Broke(Region.WEST, Breakage.REFUSE));
    happens(9000, new Cooled(Region.EAST));
    happens(9000, new Moved(Region.EAST));
    flipsAll(11_000, Region.EAST);
    happens(14_000, new Warmed(Region.EAST));
    assertEquals(at(14_000), outages().getFirst().restored());
  }

  @ParameterizedTest
  @EnumSource(names = "CHECKOUT", mode = EnumSource.Mode.EXCLUDE)
  void mendingEndsAnOutageWithoutFlips(Breakage how) {
    happens(4000, new Broke(Region.WEST, how));
    happens(7000, new Mended(Region.WEST));
    assertEquals(List.of(new Outage(at(4000), at(7000), at(7000), Map.of())), outages());
  }

  @Test
  void aBrokenCheckoutIsGreenFromTheOnset() {
    happens(4000, new Broke(Region.WEST, Breakage.CHECKOUT));
    happens(7000, new Mended(Region.WEST));
    assertEquals(List.of(new Outage(at(4000), at(4000), at(7000), Map.of())), outages());
  }

  @Test
  void whatUsersAreNotSentToCausesNoOutage() {
    happens(4000, new Broke(Region.EAST, Breakage.ERROR));
    happens(7000, new Mended(Region.EAST));
    assertEquals(List.of(), outages());
  }

  @Test
  void aMoveBetweenHealthyRegionsIsNoOutage() {
    happens(4000, new Moved(Region.EAST));
    flipsAll(6000, Region.EAST);
    assertEquals(List.of(), outages());
  }

  @Test
  void aMoveToABrokenRegionIsAnOutageFromTheFlipOn() {
    happens(1000, new Broke(Region.EAST, Breakage.ERROR));
    happens(4000, new Moved(Region.EAST));
    flipsAll(6000, Region.EAST);
    happens(7000, new Mended(Region.EAST));
    Outage outage = outages().getFirst();
    assertEquals(at(6000), outage.onset());
    assertEquals(at(7000), outage.restored());
    assertEquals(3, outage.flips().size());
  }

  @Test
  void eachOutageCountsItsOwnFlips() {
    happens(1000, new Broke(Region.WEST, Breakage.ERROR));
    happens(2000, new Moved(Region.EAST));
    flipsAll(3000, Region.EAST);
    happens(4000, new Broke(Region.EAST, Breakage.ERROR));
    happens(5000, new Mended(Region.EAST));
    assertEquals(2, outages().size());
    assertEquals(3, outages().getFirst().flips().size());
    assertEquals(Map.of(), outages().getLast().flips());
  }

  private void happens(long millis, Change change) {
    facts.add(new Fact(at(millis), change));
  }

  private void flipsAll(long millis, Region to) {
    for (Manners manners : Manners.values()) {
      happens(millis, new Flipped(manners, to));
    }
  }

  private List<Outage> outages() {
    return new Truth(facts).outages();
  }
}
