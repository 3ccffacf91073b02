package dev.allclear.agent.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outage.Suspicion;
import dev.allclear.agent.outage.Threshold;
import dev.allclear.agent.recovery.Tuning.Candidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TuningTest {
  private static final Threshold ONE = new Threshold(1, 1);
  private static final Threshold TWO = new Threshold(2, 3);
  private static final Threshold NOW = new Threshold(3, 4);
  private static final Threshold FIVE = new Threshold(5, 6);

  private static List<Suspicion> seen(String... runs) {
    List<Suspicion> seen = new ArrayList<>();
    for (String each : runs) {
      seen.add(Seen.of(NOW, Seen.at(60_000L * (1 + seen.size())), each));
    }
    return seen;
  }

  private static List<Duration> millis(long... millis) {
    return LongStream.of(millis).mapToObj(Duration::ofMillis).toList();
  }

  @Test
  void countsWhatBecomesOfEach() {
    Tuning tuning =
        Tuning.of(
            seen("FPP.P", "FFPP.P", "FFFPPP", "FFFFFFF", "FFF"), NOW, List.of(ONE, TWO, NOW, FIVE));
    assertEquals(
        List.of(
            new Candidate(ONE, 5, 0, 0, 2, 0, millis(-400, -400, -400)),
            new Candidate(TWO, 4, 1, 0, 1, 0, millis(-200, -200, -200)),
            new Candidate(NOW, 3, 2, 0, 0, 0, millis(0, 0, 0)),
            new Candidate(FIVE, 1, 3, 1, 0, 1, millis(400))),
        tuning.candidates());
  }

  @Test
  void ofFewNothingIsRecommended() {
    List<Suspicion> many = seen(Collections.nCopies(Tuning.ENOUGH, "FFFF").toArray(String[]::new));
    Tuning enough = Tuning.of(many, NOW, List.of(TWO, NOW));
    Tuning few = Tuning.of(many.subList(1, many.size()), NOW, List.of(TWO, NOW));
    assertEquals(Optional.of(TWO), enough.better().map(Candidate::threshold));
    assertEquals(Optional.empty(), few.better());
  }

  @Test
  void whatFindsOtherOutagesIsNotRecommended() {
    List<String> runs = Collections.nCopies(Tuning.ENOUGH, "FFFF");
    List<Suspicion> blip =
        seen(Stream.concat(runs.stream(), Stream.of("FPP.P")).toArray(String[]::new));
    assertEquals(
        Optional.of(TWO),
        Tuning.of(blip, NOW, List.of(ONE, TWO)).better().map(Candidate::threshold));
    List<Suspicion> longer =
        seen(Stream.concat(runs.stream(), Stream.of("FFPP.P")).toArray(String[]::new));
    assertEquals(Optional.empty(), Tuning.of(longer, NOW, List.of(ONE, TWO)).better());
  }

  @Test
  void withoutOutagesThereIsNoDelay() {
    Tuning tuning = Tuning.of(seen("FPP.P"), NOW, List.of(NOW));
    assertEquals(Optional.empty(), tuning.candidates().getFirst().median());
    assertEquals(Optional.empty(), tuning.better());
  }
}
