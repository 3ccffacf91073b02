package dev.allclear.agent.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is no recording is refused, and said so.
final class HarTest {
  private static final String GOOD =
      HarText.har(
          """
          POST https://shop.example/login document
          > Content-Type: application/json
          >> {"user": "ada"}
          < 302 text/html
          < Location: /home
          << <input type="hidden" name="a" value='b'>
          GET https://shop.example/home document
          < 200 application/json
          << {"a": [1, {"b": "c"}]}
          """);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                            | log is missing
          []                                            | not a JSON object
          `''`                                          | not a JSON object
          {"log": 1}                                    | log is not an object
          {"log": {}}                                   | log.entries is missing
          {"log": {"entries": {}}}                      | log.entries is not a list
          {"log": {"entries": [1]}}                     | log.entries[0] is not an object
          {"log": {"entries": [{}]}}                    | log.entries[0].request is missing
          {"log": {"entries": [{"request": {}}]}}       | log.entries[0].request.url is missing
          {"log": {"entries": [{"request": {"url": "http://a/"}}]}} | log.entries[0].request.headers is missing
          {"log": {"entries": [{"request": {"url": "http://a/", "method": "GET", "headers": [{}]}}]}} | log.entries[0].request.headers[0].name is missing
          {"log": {"entries": [{"request": {"url": "http://a/", "method": "GET", "headers": []}}]}} | log.entries[0].response is missing
          """)
  void namesWhatIsMissing(String text, String message) throws IOException {
    Path file = folder.resolve("shop.har");
    Files.writeString(file, text.equals("''") ? "" : text);

    assertEquals(file + " is no HTTP Archive (HAR 1.2): " + message, refusal(file));
  }

  @Test
  void saysWhereItIsNoJson() throws IOException {
    Path file = Files.writeString(folder.resolve("shop.har"), "{\"log\": {\"entries\": [{\"a\"");

    assertEquals(
        file
            + " is no HTTP Archive (HAR 1.2): not JSON: Unexpected end-of-input within/between"
            + " Object entries",
        refusal(file));
  }

  @Test
  void needsAFile() {
    Path file = folder.resolve("none.har");

    assertEquals(file + ": no such file", refusal(file));
  }

  @Test
  void refusesWhatIsTooLarge() throws IOException {
    Path file = folder.resolve("large.har");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength((256L << 20) + 1);
    }

    assertEquals(
        file + " is larger than 256 MiB; record fewer pages, or export without contents",
        refusal(file));
  }

  @Test
  void needsARequestThatCanBeAStep() throws IOException {
    Path file = folder.resolve("shop.har");
    Files.writeString(file, HarText.har("GET https://shop.example/a.png image\n< 200 image/png"));
    assertEquals(
        file
            + " has no request that can be a step; 1 images, fonts, style sheets, scripts and the"
            + " like",
        refusal(file));

    Files.writeString(file, "{\"log\": {\"entries\": []}}");
    assertEquals(file + " has no request that can be a step; it is empty", refusal(file));
  }

  @Test
  void refusesMoreStepsThanAJourneyShouldHave() throws IOException {
    StringBuilder exchanges = new StringBuilder();
    for (int i = 0; i <= 300; i++) {
      exchanges.append("GET https://shop.example/").append(i).append("\n< 200 text/html\n");
    }
    Path file = Files.writeString(folder.resolve("shop.har"), HarText.har(exchanges.toString()));

    assertEquals(
        file
            + " has 301 requests that can be steps, and a journey at most 300; record a shorter"
            + " walk",
        refusal(file));
  }

  /// Bytes changed, cut and repeated at random.
  @Test
  void damagedRecordingsAreImportedOrRefused() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path file = folder.resolve("shop.har");
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder(GOOD);
      for (int n = random.nextInt(4); n >= 0; n--) {
        int at = random.nextInt(text.length() - 1);
        int end = Math.min(text.length(), at + random.nextInt(12));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, "{}[]\":,0a\\é".charAt(random.nextInt(11)));
          case 1 -> text.delete(at, end);
          default -> text.insert(at, text.substring(at, end));
        }
      }
      Files.writeString(file, text);
      try {
        Recording.read(file).journey("shop", "shop.yaml");
      } catch (BadImport expected) {
        assertEquals(
            0, String.valueOf(expected.getMessage()).indexOf(file.toString()), "seed " + seed);
      }
    }
  }

  private static String refusal(Path file) {
    BadImport refusal =
        assertThrows(BadImport.class, () -> Recording.read(file).journey("shop", "shop.yaml"));
    return String.valueOf(refusal.getMessage());
  }
}
