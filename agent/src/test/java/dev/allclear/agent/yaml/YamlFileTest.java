package dev.allclear.agent.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.agent.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YamlFileTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void inFolder() {
    file = folder.resolve("allclear.yaml");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertEquals("1:1: no such file; write the path of a config file", problem());
  }

  @Test
  void refusesAFolder() throws IOException {
    Files.createDirectory(file);

    assertEquals(
        "1:1: cannot be read (Is a directory); write the path of a config file", problem());
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    write("");

    assertEquals("1:1: the file is empty; write at least `services`", problem());
  }

  @Test
  void refusesAFileOfComments() throws IOException {
    write("# services: later\n");

    assertEquals("1:1: the file is empty; write at least `services`", problem());
  }

  @Test
  void refusesADocumentWithoutValue() throws IOException {
    write("---\n");

    assertEquals("2:1: `config` has no value; write `services:` and what belongs to it", problem());
  }

  @Test
  void refusesAHugeFile() throws IOException {
    write("#".repeat((1 << 20) + 1));

    assertEquals("1:1: larger than 1 MiB; write less", problem());
  }

  @Test
  void readsNoMoreOfAnEndlessFileThanItTakesToRefuseIt() {
    file = Path.of("/dev/zero");

    assertEquals("1:1: larger than 1 MiB; write less", problem());
  }

  @Test
  void pointsAtTheFirstByteThatIsNotUtf8() throws IOException {
    Files.write(file, "services:\n  caf\u00e9: {}\n".getBytes(StandardCharsets.ISO_8859_1));

    assertEquals("2:6: not UTF-8; save the file in UTF-8", problem());
  }

  @Test
  void pointsAtAFileThatEndsInTheMiddleOfACharacter() throws IOException {
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xe2, (byte) 0x82});

    assertEquals("1:4: not UTF-8; save the file in UTF-8", problem());
  }

  @Test
  void pointsAtAControlCharacter() throws IOException {
    write("services:\n  \ud834\udd1e: \u0007\n");

    assertEquals(
        "2:6: the character U+0007; remove it, or write it as an escape in double quotes",
        problem());
  }

  @Test
  void refusesAnotherYaml() throws IOException {
    write("%YAML 3.0\n---\nservices: {}\n");

    assertEquals("1:1: not YAML 1.2: Version{major=3, minor=0}", problem());
  }

  @Test
  void refusesDepthBeforeItHurts() throws IOException {
    write("[".repeat(1 << 20));

    assertEquals("1:32: deeper than 32 levels; write it flatter", problem());
  }

  @Test
  void refusesALongTextRepeatedOften() throws IOException {
    write("a: &a " + "x".repeat(500_000) + "\nb: [" + "*a, ".repeat(100_000) + "]\n");

    assertEquals("2:53: too many values, aliases expanded; write fewer", problem());
  }

  @Test
  void printsAProblemAsOneLine() throws IOException {
    write("services: {}\n\"a\\nb\": 1\n");

    BadConfig bad = bad();

    assertEquals(
        file
            + ":2:1: unknown key `a?b`; write one of: agent, resolvers, journeys, oauth2, groups, dns, control, services, webhooks",
        bad.problems().getLast().toString());
  }

  @Test
  void readsAByteOrderMark() throws IOException {
    write("\ufeffservices: {}\n");

    assertEquals(
        "1:11: there is no service; write {NAME: {rto: 2m, detect: https://shop.example/healthz}}",
        problem());
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private BadConfig bad() {
    return assertThrows(BadConfig.class, () -> Settings.load(file, _ -> null));
  }

  private String problem() {
    List<Problem> problems = bad().problems();
    assertEquals(1, problems.size(), problems::toString);
    Problem only = problems.getFirst();
    return only.line() + ":" + only.column() + ": " + only.message();
  }
}
