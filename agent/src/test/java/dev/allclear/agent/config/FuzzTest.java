package dev.allclear.agent.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.allclear.agent.yaml.BadConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to a good file, it is read or refused with positions inside of it.
final class FuzzTest {
  private static final List<String> NOISE =
      List.of(
          "",
          ":",
          "- ",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "'",
          "|",
          "&a ",
          "*a",
          "<<: ",
          "!!int ",
          "~",
          "0",
          "-1s",
          "${",
          "#",
          "\t",
          "\n",
          ",",
          "? ",
          "%",
          "\u0000",
          "\ud834\udd1e",
          "1e999",
          "x: ");

  @TempDir private Path folder;

  @Test
  void neverThrowsAnythingButBadConfig() throws IOException {
    long seed = 20260101;
    Random random = new Random(seed);
    String good = Files.readString(Path.of("src/test/resources/good/full.yaml"));
    Path file = folder.resolve("allclear.yaml");
    for (int i = 0; i < 500; i++) {
      String text = spoilt(good, random);
      Files.writeString(file, text);
      read(file, text, "seed " + seed + ", file " + i + ":\n" + text);
    }
  }

  private static void read(Path file, String text, String label) {
    try {
      Settings.load(file, name -> name);
    } catch (BadConfig bad) {
      assertFalse(bad.problems().isEmpty(), label);
      long lines = text.chars().filter(c -> c == '\n').count() + 1;
      bad.problems()
          .forEach(problem ->
              assertTrue(
                  problem.line() >= 1 && problem.line() <= lines && problem.column() >= 1,
                  () -> problem + "\n" + label));
    } catch (RuntimeException e) {
      fail(label, e);
    }
  }

  private static String spoilt(String good, Random random) {
    StringBuilder text = new StringBuilder(good);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(6));
      text.replace(from, to, NOISE.get(random.nextInt(NOISE.size())));
    }
    return text.toString();
  }
}
