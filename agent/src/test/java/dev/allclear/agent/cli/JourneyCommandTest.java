package dev.allclear.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JourneyCommandTest {
  private static final String RECORDING =
      """
      {"log": {"entries": [{"startedDateTime": "2026-01-02T03:04:05Z",
        "request": {"method": "GET", "url": "https://shop.example/", "headers": []},
        "response": {"status": 200, "headers": []}}]}}
      """;

  @TempDir private Path folder;

  @Test
  void printsTheConfigOfARecording() throws IOException {
    Path file = Files.writeString(folder.resolve("my shop.har"), RECORDING);

    Ran ran = Ran.of("journey", "import", file.toString());

    assertEquals(0, ran.code(), ran::err);
    assertEquals("", ran.err());
    assertTrue(ran.out().startsWith("# Made of a browser's recording: 1 of its 1 requests.\n"));
    assertTrue(ran.out().contains("allclear probe my-shop --config my-shop.yaml\n"), ran::out);
    assertTrue(ran.out().contains("verify: {journeys: [my-shop]}\n"), ran::out);
  }

  @Test
  void writesAFileAndSaysWhatToExport() throws IOException {
    Path file = folder.resolve("shop.yaml");

    Ran ran =
        Ran.of(
            "journey",
            "from-curl",
            "--name",
            "pay",
            "--output",
            file.toString(),
            "--",
            "curl",
            "-u",
            "ada:x",
            "https://shop.example/");

    assertEquals(
        new Ran(0, file + ": a journey of 1 step; before it can run, export PASSWORD\n", ""), ran);
    assertTrue(Files.readString(file).contains("allclear probe pay --config " + file + "\n"));
  }

  @Test
  void takesACommandAsOneArgument() {
    Ran ran = Ran.of("journey", "from-curl", "curl 'https://shop.example/a b'");

    assertEquals(0, ran.code(), ran::err);
    assertTrue(ran.out().contains("verify: {journeys: [shop.example]}\n"), ran::out);
    assertTrue(ran.out().contains("get: /a b\n"), ran::out);
  }

  @Test
  void overwritesNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("shop.yaml"), "mine");

    Ran ran = Ran.of("journey", "from-curl", "-o", file.toString(), "curl shop.example");

    assertEquals(
        new Ran(
            3, "", "allclear: " + file + " is there already; remove it, or write another name\n"),
        ran);
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void saysWhatIsNoRecording() throws IOException {
    Path file = Files.writeString(folder.resolve("shop.har"), "{}");

    assertEquals(
        new Ran(2, "", "allclear: " + file + " is no HTTP Archive (HAR 1.2): log is missing\n"),
        Ran.of("journey", "import", file.toString()));
    assertEquals(
        new Ran(2, "", "allclear: there is no URL in the command\n"),
        Ran.of("journey", "from-curl", "curl -k"));
    assertEquals(
        new Ran(2, "", "allclear: `a b` is not a name; write letters, digits, `.`, `_` and `-`\n"),
        Ran.of("journey", "from-curl", "-n", "a b", "curl x"));
  }

  @Test
  void asksForWhatIsToBeImported() {
    Ran ran = Ran.of("journey");

    assertEquals(2, ran.code());
    assertTrue(ran.err().startsWith("import what? One of:\nUsage: allclear journey "), ran::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"import", "from-curl"})
  void helpShowsAnExample(String name) {
    Ran help = Ran.of("journey", name, "--help");

    assertEquals(0, help.code());
    assertTrue(help.out().startsWith("Usage: allclear journey " + name + " "), help::out);
    assertTrue(
        help.out().matches("(?s).*\nExamples?:\n  allclear journey " + name + " .*"), help::out);
  }
}
