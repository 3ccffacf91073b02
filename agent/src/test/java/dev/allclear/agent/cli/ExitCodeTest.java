package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outage.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitCodeTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "MET, 0",
    "MET MET, 0",
    "INCONCLUSIVE, 5",
    "OPEN, 5",
    "MET INCONCLUSIVE MET, 5",
    "MET OPEN, 5",
    "MISSED, 1",
    "MET MISSED, 1",
    "INCONCLUSIVE OPEN MISSED, 1"
  })
  void isThatOfTheWorstVerdict(String verdicts, int code) {
    List<Verdict> seen =
        Arrays.stream(verdicts.split(" ", -1))
            .filter(word -> !word.isEmpty())
            .map(Verdict::valueOf)
            .toList();

    assertEquals(code, ExitCode.of(seen));
  }
}
