package dev.allclear.agent.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.agent.outside.Binary.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A config with eight mistakes is refused with eight positions.
final class CheckIT {
  private static final String EIGHT_MISTAKES =
      """
      agent: {id: eu-west-1a, region: eu-west, lisen: "127.0.0.1:9844"}
      services:
        shop:
          rto: soon
          detect: {get: "https://shop.example/healthz", every: 10s, timeout: -2s}
          verify: {journeys: [checkuot], dns: [shop.example], passes: three}
      journeys:
        checkout:
          steps:
            - name: log in
              post: https://shop.example/login
              heeders: {Accept: application/json}
              expect: {status: 99}
      """;

  /// An unknown key is wrong where the key begins, a bad value where the value does.
  private static final List<String> POSITIONS =
      List.of("1:42", "4:10", "5:72", "6:25", "6:42", "6:65", "12:9", "13:26");

  private static final Pattern PROBLEM = Pattern.compile("(?m)^\\S*bad\\.yaml:(\\d+:\\d+): \\S.*$");

  @TempDir private Path folder;

  @BeforeEach
  void writeConfig() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("bad.yaml"), EIGHT_MISTAKES);
  }

  @Test
  void checkNamesEveryMistakeAndItsPosition() throws IOException, InterruptedException {
    assertRefused(Binary.run(folder, "check", "bad.yaml"));
  }

  @Test
  void runRefusesWhatCheckRefuses() throws IOException, InterruptedException {
    assertRefused(Binary.run(folder, "run", "--config", "bad.yaml"));
  }

  private static void assertRefused(Finished refused) {
    assertEquals(POSITIONS, positions(refused.out() + refused.err()), refused::toString);
    assertEquals(2, refused.code(), refused::toString);
  }

  private static List<String> positions(String output) {
    return PROBLEM
        .matcher(output)
        .results()
        .map((MatchResult problem) -> problem.group(1))
        .toList();
  }
}
