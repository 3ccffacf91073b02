package dev.allclear.agent.recovery;

import static dev.allclear.agent.recovery.Tale.at;
import static dev.allclear.agent.recovery.Tale.between;
import static dev.allclear.agent.recovery.Tale.span;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Verdict;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

final class ServiceOutageTest {
  private static final List<String> REGIONS = List.of("ap", "eu", "us");

  /// Down from 100 to 200 in the EU, and from 150 to 300 in the US.
  private static final Incident EU =
      Tale.of(new Cell("shop", "eu"), between(100, 110), 112)
          .restored(200, 201, 211)
          .closed(511)
          .incident();

  private static final Incident US =
      Tale.of(new Cell("shop", "us"), between(150, 160), 162)
          .restored(300, 301, 311)
          .closed(611)
          .incident();

  private static Expected when(DownWhen downWhen) {
    return new Expected(List.of(), List.of(), REGIONS, downWhen);
  }

  private static List<ServiceOutage> of(DownWhen downWhen, Incident... incidents) {
    return ServiceOutage.of("shop", when(downWhen), List.of(incidents));
  }

  @Test
  void isDownInAnyRegionFromTheFirstOnsetUntilTheLastIsVerified() {
    ServiceOutage outage = of(DownWhen.ANY, US, EU).getFirst();

    assertEquals(between(100, 110), outage.onset());
    assertEquals(at(112), outage.detected());
    assertEquals(between(300, 301), outage.restored());
    assertEquals(at(311), outage.verified());
    assertEquals(span(201, 206, 211), outage.recoveryTime(at(1000)));
    assertEquals(Verdict.MET, outage.verdict(at(1000)));
    assertEquals(
        List.of(new ServiceOutage.Region("eu", at(211)), new ServiceOutage.Region("us", at(311))),
        outage.verifiedRegions());
    assertEquals(
        List.of(
            new ServiceOutage.Point(at(112), 2),
            new ServiceOutage.Point(at(162), 1),
            new ServiceOutage.Point(at(211), 2),
            new ServiceOutage.Point(at(311), 3)),
        outage.curve());
  }

  @Test
  void isDownInAQuorumWhileTwoOfThreeAre() {
    ServiceOutage outage = of(DownWhen.QUORUM, EU, US).getFirst();

    assertEquals(between(150, 160), outage.onset());
    assertEquals(at(162), outage.detected());
    assertEquals(between(200, 201), outage.restored());
    assertEquals(at(211), outage.verified());
    assertFalse(outage.isOpen());
  }

  @Test
  void isNotDownAsLongAsOneRegionIsUpWhereAllHaveToBeDown() {
    assertEquals(List.of(), of(DownWhen.ALL, EU, US));
    Incident ap = Tale.of(new Cell("shop", "ap"), between(170, 180), 182).incident();
    ServiceOutage outage = of(DownWhen.ALL, EU, US, ap).getFirst();

    assertEquals(between(170, 180), outage.onset());
    assertEquals(at(182), outage.detected());
    assertEquals(between(200, 201), outage.restored());
    assertEquals(at(211), outage.verified());
  }

  @Test
  void goesOnWhileEnoughRegionsAreDown() {
    Incident us = Tale.of(new Cell("shop", "us"), between(150, 160), 162).incident();
    ServiceOutage outage = of(DownWhen.ANY, EU, us).getFirst();

    assertNull(outage.verified());
    assertNull(outage.restored());
    assertTrue(outage.isOpen());
    assertEquals(Verdict.OPEN, outage.verdict(at(700)));
    assertEquals(Verdict.MISSED, outage.verdict(at(711)));
    assertEquals(outage, ServiceOutage.of(us, when(DownWhen.ANY), List.of(EU, us)).orElseThrow());
  }

  @Test
  void whatBeginsAfterTheHoldIsAnotherOutage() {
    Incident later = Tale.of(new Cell("shop", "us"), between(512, 515), 520).incident();
    Incident within = Tale.of(new Cell("shop", "us"), between(505, 515), 520).incident();

    assertEquals(2, of(DownWhen.ANY, EU, later).size());
    assertEquals(1, of(DownWhen.ANY, EU, within).size());
  }

  @Test
  void aServiceWithOneRegionHasNone() {
    Incident global = Tale.of("shop").incident();

    assertEquals(List.of(), ServiceOutage.of("shop", Expected.NOTHING, List.of(global)));
    assertEquals(List.of(), ServiceOutage.of("shop", Expected.NOTHING, List.of(EU)));
    assertEquals(List.of(), ServiceOutage.of("mail", when(DownWhen.ANY), List.of(EU, US)));
  }

  @Test
  void aRegionThatNobodySawBeginJoinsNothingThatWasOver() {
    Incident ap =
        Tale.of(new Cell("shop", "ap"), between(1000, 1010).unboundedBefore(), 1012).incident();

    assertEquals(2, of(DownWhen.ANY, EU, ap).size());
    assertEquals(Moment.UNBOUNDED, of(DownWhen.ANY, EU, ap).getLast().onset().earliest());
  }

  /// One region was certainly down no more when the other certainly was; only that it was verified
  /// came later. Then both were never down at once.
  @Test
  void whatWasVerifiedLateIsRestoredAtTheOnset() {
    Incident us =
        Tale.of(new Cell("shop", "us"), between(203, 205), 207).restored(300, 301, 311).incident();
    Expected two = new Expected(List.of(), List.of(), List.of("eu", "us"), DownWhen.ALL);
    ServiceOutage outage = ServiceOutage.of("shop", two, List.of(EU, us)).getFirst();

    assertEquals(between(203, 205), outage.onset());
    assertEquals(at(211), outage.verified());
    assertEquals(between(203, 205), outage.restored());
    assertEquals(span(0, 0, 2), outage.downtime().orElseThrow());
  }

  /// What truly was, of one region.
  private record Stay(String region, double onset, double restored, double verified) {}

  @Test
  void theTruthLiesInsideTheBoundsForAnyHistory() {
    long first = RandomGenerator.getDefault().nextLong();
    System.Logger log = System.getLogger(ServiceOutageTest.class.getName());
    log.log(System.Logger.Level.INFO, "seeds from " + first);
    int judged = 0;
    for (long seed = first; seed < first + 20_000; seed++) {
      judged += judge(seed);
    }
    assertTrue(judged > 10_000, "only " + judged + " outages");
  }

  private static int judge(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Map<String, Stay> truth = new TreeMap<>();
    List<Incident> incidents = new ArrayList<>();
    for (String region : REGIONS) {
      double begin = random.nextDouble(0, 400);
      for (int i = 0; i < 3; i++) {
        begin = add(region, i, begin, truth, incidents, random);
      }
    }
    int judged = 0;
    for (DownWhen downWhen : DownWhen.values()) {
      for (ServiceOutage outage : ServiceOutage.of("shop", when(downWhen), incidents)) {
        List<Stay> stays = outage.incidents().stream().map(each -> truth.get(each.id())).toList();
        check(outage, stays, downWhen.regions(REGIONS.size()), "seed " + seed + ", " + downWhen);
        judged++;
      }
    }
    return judged;
  }

  /// One more outage of the region, and when the next may begin.
  private static double add(
      String region,
      int number,
      double onset,
      Map<String, Stay> truth,
      List<Incident> incidents,
      RandomGenerator random) {
    double restored = onset + random.nextDouble(0.1, 100);
    double width = random.nextDouble(0, 40);
    double hi = onset + random.nextDouble(0, width + 0.1);
    double lo = onset - random.nextDouble(0, width + 0.1);
    double detected = hi + random.nextDouble(0, 10);
    double goodLo = restored - random.nextDouble(0, width + 0.1);
    double goodHi = restored + random.nextDouble(0, width + 0.1);
    double verified = Math.max(goodHi, detected) + random.nextDouble(0, 30);
    double closed = verified + 20;
    String id = region + number;
    Incident incident =
        Tale.of(new Cell("shop", region), id, between(lo, hi), detected)
            .restored(Math.max(lo, goodLo), goodHi, verified)
            .closed(closed)
            .incident();
    incidents.add(incident);
    truth.put(id, new Stay(region, onset, restored, verified));
    return closed + 45 + random.nextDouble(0, 200);
  }

  private static void check(ServiceOutage outage, List<Stay> stays, int needed, String what) {
    double onset =
        stays.stream()
            .mapToDouble(Stay::onset)
            .filter(time -> down(stays, Stay::verified, time) >= needed)
            .min()
            .orElseThrow();
    double restored =
        stays.stream()
            .mapToDouble(Stay::restored)
            .filter(time -> down(stays, Stay::restored, Math.nextDown(time)) >= needed)
            .max()
            .orElse(onset);
    assertInside(onset, outage.onset(), what + ", onset");
    assertInside(
        Math.max(onset, restored), Objects.requireNonNull(outage.restored()), what + ", restored");
  }

  private static long down(List<Stay> stays, ToDoubleFunction<Stay> end, double time) {
    return stays.stream()
        .filter(stay -> stay.onset() <= time && time < end.applyAsDouble(stay))
        .map(Stay::region)
        .distinct()
        .count();
  }

  /// To the nanosecond that a moment is rounded to.
  private static void assertInside(double truth, Bounds bounds, String what) {
    Moment lo = at(truth).plus(Tale.seconds(1e-9));
    Moment hi = at(truth).minus(Tale.seconds(1e-9));
    assertFalse(lo.isBefore(bounds.earliest()), what + " before its bounds");
    assertFalse(bounds.latest().isBefore(hi), what + " after its bounds");
  }
}
