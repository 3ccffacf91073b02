package dev.allclear.agent.json;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.agent.outage.Cell;
import dev.allclear.agent.outage.Event;
import dev.allclear.agent.outage.Incident;
import dev.allclear.agent.outage.Rto;
import dev.allclear.agent.outage.Vantage;
import dev.allclear.probes.Bounds;
import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IncidentJsonTest {
  private static final Vantage VANTAGE = new Vantage("eu-west-1a", "eu-west");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Incident OPEN =
      Incident.open(
          new Cell("shop", "eu"),
          new Event.Detected(
              at(400_000_001),
              "shop-eu-20260101-000000",
              new Bounds(at(1_999_999), at(200_000_000), at(399_000_001)),
              Set.of("get /"),
              "get /",
              Cause.CONNECT,
              "connection refused",
              new Rto(Duration.ofMinutes(2), Rto.From.ONSET)));

  @Test
  void leavesWhatHasNotComeNull() {
    assertEquals(
        """
        {"id":"shop-eu-20260101-000000","service":"shop","region":"eu","vantage":"eu-west-1a",\
        "kind":"outage","state":"open",\
        "onset":{"earliest":"2026-01-01T00:00:00.001Z","likely":"2026-01-01T00:00:00.200Z",\
        "latest":"2026-01-01T00:00:00.400Z"},\
        "detected":"2026-01-01T00:00:00.401Z","firstGood":null,"restored":null,"verified":null,\
        "durations":{"detection":{"min":0.001,"likely":0.2,"max":0.399},\
        "downtime":null,"recovery":null,"verification":null},\
        "rto":{"seconds":120.0,"from":"onset","verdict":"open"},\
        "levels":[{"level":"down",\
        "onset":{"earliest":"2026-01-01T00:00:00.001Z","likely":"2026-01-01T00:00:00.200Z",\
        "latest":"2026-01-01T00:00:00.400Z"},\
        "detected":"2026-01-01T00:00:00.401Z","restored":null,"verified":null,\
        "rto":{"seconds":120.0,"from":"onset","verdict":"open"}}],\
        "falseRecoveries":0,"unobservedSeconds":0.0,"dns":[],"claims":[],"contradictions":[],"timeline":[\
        {"at":{"earliest":"2026-01-01T00:00:00.001Z","latest":"2026-01-01T00:00:00.400Z"},\
        "type":"onset","text":"get /: connection refused"},\
        {"at":{"earliest":"2026-01-01T00:00:00.400Z","latest":"2026-01-01T00:00:00.401Z"},\
        "type":"detected","text":"down: get /"}]}\
        """,
        IncidentJson.write(OPEN, VANTAGE, at(5_000_000_000L)));
  }

  @Test
  void tellsTheWholeStoryOfAClosedOutage() {
    Incident closed =
        OPEN.after(
                new Event.FirstGood(
                    at(7_100_000_000L),
                    "get /",
                    Bounds.between(at(6_900_000_000L), at(7_100_000_000L)),
                    Set.of()))
            .after(new Event.Blind(at(7_750_000_000L), at(7_250_000_000L), "suspended"))
            .after(
                new Event.Verified(
                    at(9_500_000_000L), Bounds.between(at(7_000_000_000L), at(7_200_000_000L))))
            .after(new Event.Closed(at(14_500_000_000L)));

    assertEquals(
        """
        {"id":"shop-eu-20260101-000000","service":"shop","region":"eu","vantage":"eu-west-1a",\
        "kind":"outage","state":"closed",\
        "onset":{"earliest":"2026-01-01T00:00:00.001Z","likely":"2026-01-01T00:00:00.200Z",\
        "latest":"2026-01-01T00:00:00.400Z"},\
        "detected":"2026-01-01T00:00:00.401Z",\
        "firstGood":{"earliest":"2026-01-01T00:00:06.900Z","likely":"2026-01-01T00:00:07.000Z",\
        "latest":"2026-01-01T00:00:07.100Z"},\
        "restored":{"earliest":"2026-01-01T00:00:07.000Z","likely":"2026-01-01T00:00:07.100Z",\
        "latest":"2026-01-01T00:00:07.200Z"},\
        "verified":"2026-01-01T00:00:09.500Z",\
        "durations":{"detection":{"min":0.001,"likely":0.2,"max":0.399},\
        "downtime":{"min":6.6,"likely":6.9,"max":7.199},\
        "recovery":{"min":9.099,"likely":9.099,"max":9.1},\
        "verification":{"min":2.4,"likely":2.5,"max":2.6}},\
        "rto":{"seconds":120.0,"from":"onset","verdict":"met"},\
        "levels":[{"level":"down",\
        "onset":{"earliest":"2026-01-01T00:00:00.001Z","likely":"2026-01-01T00:00:00.200Z",\
        "latest":"2026-01-01T00:00:00.400Z"},\
        "detected":"2026-01-01T00:00:00.401Z",\
        "restored":{"earliest":"2026-01-01T00:00:07.000Z","likely":"2026-01-01T00:00:07.100Z",\
        "latest":"2026-01-01T00:00:07.200Z"},\
        "verified":"2026-01-01T00:00:09.500Z",\
        "rto":{"seconds":120.0,"from":"onset","verdict":"met"}}],\
        "falseRecoveries":0,"unobservedSeconds":0.5,"dns":[],"claims":[],"contradictions":[],"timeline":[\
        {"at":{"earliest":"2026-01-01T00:00:00.001Z","latest":"2026-01-01T00:00:00.400Z"},\
        "type":"onset","text":"get /: connection refused"},\
        {"at":{"earliest":"2026-01-01T00:00:00.400Z","latest":"2026-01-01T00:00:00.401Z"},\
        "type":"detected","text":"down: get /"},\
        {"at":{"earliest":"2026-01-01T00:00:06.900Z","latest":"2026-01-01T00:00:07.100Z"},\
        "type":"first-good","text":"get / passes again"},\
        {"at":{"earliest":"2026-01-01T00:00:07.250Z","latest":"2026-01-01T00:00:07.750Z"},\
        "type":"blind","text":"suspended"},\
        {"at":{"earliest":"2026-01-01T00:00:07.000Z","latest":"2026-01-01T00:00:07.200Z"},\
        "type":"restored","text":"every required probe works from here on"},\
        {"at":{"earliest":"2026-01-01T00:00:09.500Z","latest":"2026-01-01T00:00:09.500Z"},\
        "type":"verified","text":"verified healthy, hold begins"},\
        {"at":{"earliest":"2026-01-01T00:00:14.500Z","latest":"2026-01-01T00:00:14.500Z"},\
        "type":"closed","text":"hold ended: all clear"}]}\
        """,
        IncidentJson.write(closed, VANTAGE, at(20_000_000_000L)));
  }

  @Test
  void printedBoundsContainTheTrueOnes() {
    for (long seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      Moment earliest = at(random.nextLong(1_000_000_000));
      Moment latest = earliest.plus(Duration.ofNanos(random.nextLong(1_000_000_000)));
      Event restored = new Event.Verified(latest, Bounds.between(earliest, latest));

      Map<?, ?> json = printed(OPEN.after(restored), "restored");

      assertTrue(!time(json, "earliest").isAfter(earliest.wall()), "seed " + seed);
      assertTrue(!time(json, "latest").isBefore(latest.wall()), "seed " + seed);
      assertTrue(!time(json, "likely").isBefore(time(json, "earliest")), "seed " + seed);
      assertTrue(!time(json, "likely").isAfter(time(json, "latest")), "seed " + seed);
    }
  }

  private static Map<?, ?> printed(Incident incident, String member) {
    Map<?, ?> tree = (Map<?, ?>) Json.read(IncidentJson.write(incident, VANTAGE, at(0)));
    return (Map<?, ?>) requireNonNull(requireNonNull(tree).get(member));
  }

  private static Instant time(Map<?, ?> json, String member) {
    return Instant.parse((String) requireNonNull(json.get(member)));
  }

  private static Moment at(long nanos) {
    return new Moment(START.plusNanos(nanos), nanos, 1);
  }
}
