package dev.allclear.agent.demo;

import static dev.allclear.agent.demo.FakeClock.at;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.demo.Authority.Lease;
import dev.allclear.agent.demo.Truth.Change;
import dev.allclear.agent.demo.Truth.Change.Flipped;
import dev.allclear.agent.demo.Truth.Fact;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CachingResolverTest {
  private final FakeClock clock = new FakeClock();
  private final Chronicle chronicle = new Chronicle(clock);
  private final Authority authority = new Authority(Region.WEST, chronicle);
  private final Queue<Runnable> background = new ArrayDeque<>();

  @ParameterizedTest
  @CsvSource({
    "OBEYS,     0, WEST, 4",
    "OBEYS,     1, WEST, 4",
    "OBEYS,  1000, WEST, 3",
    "OBEYS,  3999, WEST, 1",
    "OBEYS,  4000, EAST, 4",
    "CLAMPS,    0, WEST, 8",
    "CLAMPS, 4000, WEST, 4",
    "CLAMPS, 7999, WEST, 1",
    "CLAMPS, 8000, EAST, 8",
    "STALE,     0, WEST, 4",
    "STALE,  3999, WEST, 1",
    "STALE,  4000, WEST, 30",
    "STALE, 99000, WEST, 30",
  })
  void answersByItsManners(Manners manners, long askedAt, Region region, long ttl) {
    CachingResolver resolver = resolver(manners);
    resolver.ask();
    authority.move(Region.EAST);
    clock.set(askedAt);
    assertEquals(new Lease(region, Duration.ofSeconds(ttl)), resolver.ask());
  }

  @ParameterizedTest
  @CsvSource({
    "OBEYS,  1000, 4000",
    "OBEYS,  6000, 6000",
    "CLAMPS, 1000, 8000",
    "CLAMPS, 9000, 9000",
  })
  void flipsWhenTheOldEntryHasExpiredAndTheAuthorityHasChanged(
      Manners manners, long movedAt, long flippedAt) {
    CachingResolver resolver = resolver(manners);
    resolver.ask();
    clock.set(movedAt);
    authority.move(Region.EAST);
    clock.set(20_000);
    resolver.ask();
    assertEquals(List.of(flip(manners, Region.EAST, at(flippedAt))), flips());
  }

  @Test
  void flipsEvenIfNobodyAsks() {
    CachingResolver resolver = resolver(Manners.OBEYS);
    resolver.ask();
    clock.set(1000);
    authority.move(Region.EAST);
    clock.set(3999);
    assertEquals(Region.WEST, resolver.settle());
    clock.set(9000);
    assertEquals(Region.EAST, resolver.settle());
    resolver.ask();
    assertEquals(List.of(flip(Manners.OBEYS, Region.EAST, at(4000))), flips());
  }

  @ParameterizedTest
  @EnumSource
  void flipsWithTheAuthorityWhileItRemembersNothing(Manners manners) {
    CachingResolver resolver = resolver(manners);
    clock.set(1000);
    authority.move(Region.EAST);
    clock.set(5000);
    assertEquals(Region.EAST, resolver.ask().region());
    assertEquals(List.of(flip(manners, Region.EAST, at(1000))), flips());
  }

  @Test
  void flipsOneLifeLaterIfItFetchedTheOldRecordJustBeforeTheChange() {
    CachingResolver resolver = resolver(Manners.OBEYS);
    resolver.ask();
    clock.set(4500);
    resolver.ask();
    clock.set(4600);
    authority.move(Region.EAST);
    clock.set(10_000);
    resolver.settle();
    assertEquals(List.of(flip(Manners.OBEYS, Region.EAST, at(8500))), flips());
  }

  @Test
  void servesStaleOnceAndFlipsWhenTheRefreshIsDone() {
    CachingResolver resolver = resolver(Manners.STALE);
    resolver.ask();
    authority.move(Region.EAST);
    clock.set(5000);
    assertEquals(Region.WEST, resolver.ask().region());
    assertEquals(Region.WEST, resolver.ask().region());
    assertEquals(1, background.size());
    clock.set(5002);
    background.remove().run();
    assertEquals(new Lease(Region.EAST, Duration.ofSeconds(4)), resolver.ask());
    assertEquals(List.of(flip(Manners.STALE, Region.EAST, at(5002))), flips());
  }

  @ParameterizedTest
  @EnumSource
  void noAnswerEverContradictsTheTruth(Manners manners) {
    for (long seed = 0; seed < 2000; seed++) {
      new CachingResolverTest().live(manners, seed);
    }
  }

  private record Seen(Moment at, Region region) {}

  private void live(Manners manners, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CachingResolver resolver = resolver(manners);
    List<Seen> seen = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < 60; i++) {
      time += random.nextInt(1, 3000);
      clock.set(time);
      switch (random.nextInt(6)) {
        case 0 -> {
          resolver.settle();
          authority.move(authority.location().region().other());
        }
        case 1, 2 -> {
          background.forEach(Runnable::run);
          background.clear();
        }
        default -> seen.add(new Seen(clock.now(), resolver.ask().region()));
      }
    }
    resolver.settle();
    List<Fact> flips = flips();
    for (Seen answer : seen) {
      assertEquals(truth(flips, answer.at()), answer.region(), () -> manners + ", seed " + seed);
    }
  }

  private static Region truth(List<Fact> flips, Moment at) {
    Region region = Region.WEST;
    for (Fact fact : flips) {
      if (!at.isBefore(fact.at().latest()) && fact.change() instanceof Flipped(_, Region to)) {
        region = to;
      }
    }
    return region;
  }

  private CachingResolver resolver(Manners manners) {
    return new CachingResolver(manners, authority::location, chronicle, background::add);
  }

  private List<Fact> flips() {
    return chronicle.truth().facts().stream()
        .filter(fact -> fact.change() instanceof Flipped)
        .toList();
  }

  private static Fact flip(Manners manners, Region to, Bounds at) {
    return new Fact(at, new Change.Flipped(manners, to));
  }
}
