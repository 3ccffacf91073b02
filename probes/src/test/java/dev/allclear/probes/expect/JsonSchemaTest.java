package dev.allclear.probes.expect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonSchemaTest {

  private static final String ORDER =
      """
      {"type": "object", "required": ["id"], "additionalProperties": false,
       "patternProperties": {"^x-": {"type": "string"}},
       "properties": {"id": {"type": "integer", "minimum": 1}, "at": {"format": "date-time"},
                      "sku": {"pattern": "^[a-z]+$"}, "ip": {"format": "ipv4"}}}\
      """;

  private static String complaint(String schema, String body) {
    return Given.body(body)
        .complaint(new Expectation.Schema(JsonSchema.parse("order.json", schema)));
  }

  @Test
  void fits() {
    assertEquals(
        "holds",
        complaint(
            ORDER,
            "{\"id\": 1, \"at\": \"2026-01-01T00:00:00Z\", \"sku\": \"abc\", \"x-a\": \"b\", \"ip\": \"192.0.2.1\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                             | it: Object does not have some of the required properties [[id]]",
        "{\"id\": 0}                    | /id: 0 is less than 1",
        "{\"id\": 1, \"sku\": \"A\"}    | /sku: does not match /^[a-z]+$/",
        "{\"id\": 1, \"at\": \"today\"} | /at: is no date-time",
        "{\"id\": 1, \"ip\": \"1.2.3\"} | /ip: is no ipv4",
        "{\"id\": 1, \"x-a\": 1}        | /x-a: Value is [integer] but should be [string]",
        "{\"id\": 1, \"y\": 1}          | /y: False schema always fails",
      })
  void doesNotFit(String body, String problem) {
    assertEquals("body does not fit order.json: " + problem, complaint(ORDER, body));
  }

  @Test
  void whatIsNoJsonDoesNotFit() {
    assertEquals("body is no JSON, expected it to fit order.json", complaint(ORDER, "<a>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                        | s is no JSON; write a JSON Schema",
        "{\"type\": \"strin\"}                    | s is no JSON Schema: /type: Expected any of [[array, boolean, integer, null, number, object, string]]",
        "{\"pattern\": \"(\"}                     | s is no JSON Schema: `(` is no regular expression (RE2): missing closing )",
      })
  void whatIsNoSchema(String schema, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> JsonSchema.parse("s", schema))
            .getMessage());
  }

  @Test
  void fetchesNothing() {
    String problem = complaint("{\"$ref\": \"http://127.0.0.1:1/other.json\"}", "{}");
    assertTrue(problem.startsWith("body does not fit order.json: "), problem);
  }

  @Test
  void refersToItself() {
    String tree =
        "{\"$defs\": {\"n\": {\"properties\": {\"next\": {\"$ref\": \"#/$defs/n\"}, \"v\": {\"type\": \"number\"}}}}, \"$ref\": \"#/$defs/n\"}";
    assertEquals("holds", complaint(tree, "{\"next\": {\"next\": {\"v\": 1}}}"));
    assertEquals(
        "body does not fit order.json: /next/next/v: Value is [string] but should be [number]",
        complaint(tree, "{\"next\": {\"next\": {\"v\": \"x\"}}}"));
  }
}
