package dev.allclear.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.yaml.BadConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every file under `bad` lists at its head, after `#! `, exactly the problems it has.
final class BadFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/bad");
  private static final String EXPECTED = "#! ";

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void printsExactlyTheProblemsOfTheFile(Path file) throws IOException {
    String expected =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith(EXPECTED))
            .map(line -> file + ":" + line.substring(EXPECTED.length()))
            .reduce("", (above, line) -> above + line + "\n");

    BadConfig bad =
        assertThrows(
            BadConfig.class,
            () -> Settings.load(file, name -> name.equals("HOST") ? "host.example" : null));

    assertEquals(expected, bad.getMessage() + "\n");
  }

  @Test
  void eightMistakesAreEightLines() {
    BadConfig bad =
        assertThrows(
            BadConfig.class, () -> Settings.load(FOLDER.resolve("eight-mistakes.yaml"), _ -> null));

    assertEquals(8, bad.problems().size());
  }
}
