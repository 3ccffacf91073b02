package dev.allclear.probes.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpectationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200                 | 200",
        "2xx                 | 200-299",
        "5XX                 | 500-599",
        "200-299             | 200-299",
        "200 - 204           | 200-204",
        "200, 204 ,3xx       | 200, 204, 300-399",
      })
  void readsStatus(String text, String status) {
    assertEquals(status, Expectation.status(text).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20x     | `20x` is no status; write 200, 2xx, 200-299, or a list of these with commas",
        "''      | `` is no status; write 200, 2xx, 200-299, or a list of these with commas",
        "200,    | `` is no status; write 200, 2xx, 200-299, or a list of these with commas",
        "600     | `600` is no status; write 200, 2xx, 200-299, or a list of these with commas",
        "6xx     | `6xx` is no status; write 200, 2xx, 200-299, or a list of these with commas",
        "200-    | `200-` is no status; write 200, 2xx, 200-299, or a list of these with commas",
        "299-200 | status range 299-200 runs backwards; write 200-299",
      })
  void refusesWhatIsNoStatus(String text, String message) {
    assertRefused(message, () -> Expectation.status(text));
  }

  @Test
  void refusesRegularExpressionsThatRe2DoesNotKnow() {
    assertRefused(
        "`(` is no regular expression (RE2): missing closing )", () -> Expectation.matches("("));
    assertRefused(
        "`(?=a)` is no regular expression (RE2): invalid or unsupported Perl syntax",
        () -> Source.regex("(?=a)"));
  }

  @Test
  void refusesWhatIsNoJsonPath() {
    assertRefused("`state` is no JSONPath; write $.state", () -> Expectation.jsonExists("state"));
    assertRefused("`` is no JSONPath; write $.name", () -> Source.json(""));
    assertRefused(
        "`$.items[` is no JSONPath: its brackets do not match", () -> Source.json("$.items["));
    assertRefused(
        "`$.items[0]]` is no JSONPath: its brackets do not match",
        () -> Source.json("$.items[0]]"));
    assertRefused(
        "`$.` is no JSONPath: Path must not end with a '.' or '..'",
        () -> Expectation.json("$.", true));
    assertRefused(
        "`$.[` is no JSONPath; write one, as $.items[0].id or $['a name']",
        () -> Source.json("$.["));
  }

  private static void assertRefused(String message, Executable factory) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, factory).getMessage());
  }
}
