package dev.allclear.agent.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTest {
  @Test
  void writesTreesOnOneLineInTheirOrder() {
    JsonObject tree =
        new JsonObject()
            .put("z", "two\nlines, \"quoted\"")
            .put("a", Arrays.asList(1, 2L, 0.5, new BigDecimal("1.50"), true, null))
            .put("m", Map.of("k", List.of()))
            .put("n", null);

    assertEquals(
        "{\"z\":\"two\\nlines, \\\"quoted\\\"\",\"a\":[1,2,0.5,1.50,true,null],"
            + "\"m\":{\"k\":[]},\"n\":null}",
        tree.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.0",
    "PT2M, 120.0",
    "PT0.0009S, 0.0",
    "PT0.001S, 0.001",
    "PT9.1999S, 9.199",
    "PT1000H, 3600000.0",
    "PT-0.5S, -0.5"
  })
  void writesLengthsAsSeconds(Duration length, String json) {
    assertEquals(json, Json.write(length));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:00.000Z",
    "2026-01-01T00:00:00.0019Z, 2026-01-01T00:00:00.001Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z"
  })
  void writesTimesWithMilliseconds(Instant time, String json) {
    assertEquals('"' + json + '"', Json.write(time));
  }

  @Test
  void readsTrees() {
    Map<String, @Nullable Object> tree = new HashMap<>();
    tree.put("a", List.of(1, "b", true));
    tree.put("n", null);

    assertEquals(tree, Json.read("{\"a\":[1,\"b\",true],\"n\":null}"));
  }

  @Test
  void refusesWhatHasNoJson() {
    assertEquals(
        "no JSON for a java.lang.Object", refusal(() -> Json.write(List.of(new Object()))));
    assertEquals("no JSON for the number NaN", refusal(() -> Json.write(Double.NaN)));
  }

  @Test
  void refusesWhatIsNotJson() {
    assertTrue(refusal(() -> Json.read("{")).startsWith("not JSON: Unexpected end-of-input"));
    assertTrue(refusal(() -> Json.read("{} {}")).startsWith("not JSON: Trailing token"));
  }

  private static String refusal(Executable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void givesTheElementsOfAListOneByOne() {
    List<@Nullable Object> elements = new ArrayList<>();
    String text =
        "{\"x\": [1], \"a\": {\"y\": {\"b\": 1}, \"b\": [1, {\"c\": null}, null]}, \"z\": 2}";

    Json.elements(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        List.of("a", "b"),
        elements::add);

    assertEquals("[1, {c=null}, null]", elements.toString());
  }
}
