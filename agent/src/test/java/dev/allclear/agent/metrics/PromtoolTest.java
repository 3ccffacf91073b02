package dev.allclear.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Prometheus' own tool says of our series and of the config we ship.
final class PromtoolTest {
  @TempDir private Path folder;

  @Test
  void findsNothingToImproveInTheMetrics() throws IOException, InterruptedException {
    Path scrape = folder.resolve("scrape");
    try (Metrics metrics = Life.lived()) {
      Files.writeString(scrape, metrics.scrape(Metrics.contentType("")));
    }
    assertEquals("", promtool(scrape, "check", "metrics"));
  }

  @Test
  void acceptsTheScrapeConfig() throws IOException, InterruptedException {
    Path nothing = Files.createFile(folder.resolve("nothing"));
    String said = promtool(nothing, "check", "config", "../config/prometheus/prometheus.yml");
    assertTrue(said.contains("SUCCESS"), said);
  }

  private String promtool(Path input, String... arguments)
      throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "promtool";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Path output = folder.resolve("output");
    Process process = start(input, output, command);
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "promtool does not end");
    String said = Files.readString(output);
    assertEquals(0, process.exitValue(), said);
    return said;
  }

  private static Process start(Path input, Path output, String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectInput(input.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      return fail("promtool does not run; install it with `apt-get install prometheus`", e);
    }
  }
}
