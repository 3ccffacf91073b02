package dev.allclear.probes.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A hundred hostile answers at once, in a process of its own with a heap of 64 MiB.
final class HostileHeapTest {

  @Test
  void aHundredHostileAnswersOfAllKinds() throws IOException, InterruptedException {
    assertEquals("100 runs\n", onslaught("okhttp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"headers without end", "h2 endless body"})
  void aHundredOfOneKindOverTheWire(String kind) throws IOException, InterruptedException {
    assertEquals("100 runs\n", onslaught("wire", kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endless body",
        "endless chunks",
        "gzip bomb",
        "brotli bomb",
        "headers without end",
        "h2 endless body",
        "h2 CONTINUATION flood"
      })
  void aHundredOfOneKind(String kind) throws IOException, InterruptedException {
    assertEquals("100 runs\n", onslaught("okhttp", kind));
  }

  private static String onslaught(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Onslaught.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
