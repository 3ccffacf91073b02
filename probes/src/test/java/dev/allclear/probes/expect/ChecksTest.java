package dev.allclear.probes.expect;

import static dev.allclear.probes.Outcome.fail;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Moment;
import dev.allclear.probes.Outcome;
import dev.allclear.probes.template.Mask;
import dev.allclear.probes.template.Template;
import dev.allclear.probes.template.Values;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChecksTest {

  private static final String BODY =
      """
      {"state": "pending", "count": 2.50, "big": 12345678901234567890, "done": false, "none": null,
       "items": [{"sku": "a"}, {"sku": "b"}], "line": "one\\ntwo", "token": "s3cret-token"}\
      """;
  private static final List<Answer.Header> HEADERS =
      List.of(
          new Answer.Header("Content-Type", "application/json"),
          new Answer.Header("X-Region", "EU-west"));

  private final Mask mask = new Mask();
  private final Values values =
      new Values(() -> new Moment(Instant.EPOCH, 0, 1), new SplittableRandom(1), mask);

  /// What a step expects and keeps.
  private static final class Wanted {
    final List<Expectation> expectations = new ArrayList<>();
    final List<Capture> captures = new ArrayList<>();

    Wanted expect(Expectation expectation) {
      expectations.add(expectation);
      return this;
    }

    Wanted capture(String variable, Source source) {
      captures.add(new Capture(variable, source, false));
      return this;
    }

    Wanted captureSecret(String variable, Source source) {
      captures.add(new Capture(variable, source, true));
      return this;
    }
  }

  private static Wanted wanted() {
    return new Wanted();
  }

  private static Template template(String text) {
    return Template.parse(text, _ -> null);
  }

  private Outcome judge(int status, String body, boolean cut, Wanted wanted) {
    Answer.Wire wire =
        new Answer.Wire("192.0.2.1", "h2", null, Duration.ofMillis(1), Instant.EPOCH);
    Answer answer = Answer.of(status, HEADERS, new Answer.Body(body, body.length(), cut), wire);
    return new Checks(answer, values, mask, wanted.captures, Map.of())
        .judge(wanted.expectations)
        .outcome();
  }

  private Outcome judge(Expectation expectation) {
    return judge(200, BODY, false, wanted().expect(expectation));
  }

  static Stream<Expectation> holding() {
    return Stream.of(
        Expectation.status("200"),
        Expectation.status("301, 2xx"),
        Expectation.header("x-region", template("eu-")),
        Expectation.contains(template("pending")),
        Expectation.matches("\"count\": \\d"),
        Expectation.json("$.state", template("pending")),
        Expectation.json("$.count", 2.5),
        Expectation.json("$.big", new BigInteger("12345678901234567890")),
        Expectation.json("$.done", false),
        Expectation.json("$.none", null),
        Expectation.json("$.items[1].sku", template("b")),
        Expectation.json("$.items[?(@.sku == 'b')].sku", template("b")),
        Expectation.json("$.items.length()", 2),
        Expectation.jsonExists("$.none"),
        Expectation.jsonExists("$..sku"));
  }

  @ParameterizedTest
  @MethodSource
  void holding(Expectation expectation) {
    assertEquals(Outcome.pass(), judge(expectation));
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        row(
            Expectation.header("X-Region", template("us")),
            "header X-Region is \"EU-west\", expected \"us\" in it"),
        row(
            Expectation.header("Location", template("/")),
            "header Location is missing, expected \"/\" in it"),
        row(Expectation.contains(template("booked")), "body does not contain \"booked\""),
        row(Expectation.matches("^booked$"), "body does not match /^booked$/"),
        row(
            Expectation.json("$.state", template("booked")),
            "$.state is \"pending\", expected \"booked\""),
        row(Expectation.json("$.count", 3), "$.count is 2.5, expected 3"),
        row(Expectation.json("$.done", true), "$.done is false, expected true"),
        row(Expectation.json("$.done", template("false")), "$.done is false, expected \"false\""),
        row(Expectation.json("$.count", template("2.50")), "$.count is 2.5, expected \"2.50\""),
        row(Expectation.json("$.state", null), "$.state is \"pending\", expected null"),
        row(Expectation.json("$.none", 0), "$.none is null, expected 0"),
        row(Expectation.json("$.absent", 1), "$.absent is missing, expected 1"),
        row(Expectation.json("$..sku", 1), "$..sku leads to 2 values, expected 1"),
        row(
            Expectation.json("$.items", 1),
            "$.items is [{\"sku\":\"a\"},{\"sku\":\"b\"}], expected 1"),
        row(Expectation.json("$.line", template("x")), "$.line is \"one\\ntwo\", expected \"x\""),
        row(Expectation.jsonExists("$.absent"), "$.absent is missing"),
        row(Expectation.jsonExists("$..absent"), "$..absent is missing"));
  }

  private static Arguments row(Expectation expectation, String detail) {
    return Arguments.of(expectation, detail);
  }

  @ParameterizedTest
  @MethodSource
  void broken(Expectation expectation, String detail) {
    assertEquals(fail(Cause.ASSERTION, detail), judge(expectation));
  }

  @Test
  void listsEverythingThatDoesNotHold() {
    Wanted wanted =
        wanted()
            .expect(Expectation.json("$.state", template("booked")))
            .expect(Expectation.jsonExists("$.state"))
            .expect(Expectation.jsonExists("$.id"));
    assertEquals(
        fail(
            Cause.STATUS,
            "status 503, expected 200-299; $.state is \"pending\", expected \"booked\"; $.id is missing"),
        judge(503, BODY, false, wanted));
  }

  @Test
  void aNamedStatusReplacesTheUsualOne() {
    Wanted wanted = wanted().expect(Expectation.status("404, 410"));
    assertEquals(Outcome.pass(), judge(404, "", false, wanted));
    assertEquals(
        fail(Cause.STATUS, "status 200, expected 404, 410"), judge(200, "", false, wanted));
  }

  @Test
  void saysThatTheBodyIsNoJson() {
    Wanted wanted =
        wanted().expect(Expectation.json("$.a", 1)).expect(Expectation.jsonExists("$.b"));
    assertEquals(
        fail(Cause.ASSERTION, "body is no JSON, no $.a, expected 1; body is no JSON, no $.b"),
        judge(200, "<html>busy</html>", false, wanted));
  }

  @Test
  void looseJsonIsNoJson() {
    for (String body :
        new String[] {
          "", "{a:1}", "{'a':1}", "{\"a\":1} x", "{\"a\":NaN}", "{\"a\":01}", "[".repeat(500_000)
        }) {
      assertFalse(
          judge(200, body, false, wanted().expect(Expectation.jsonExists("$"))).isPass(), body);
    }
  }

  @Test
  void saysHowMuchOfACutBodyItSaw() {
    Wanted wanted =
        wanted()
            .expect(Expectation.contains(template("z")))
            .expect(Expectation.matches("z"))
            .expect(Expectation.json("$.a", 1));
    assertEquals(
        fail(
            Cause.ASSERTION,
            "body does not contain \"z\" in the first 1 MiB; body does not match /z/ in the first 1 MiB; "
                + "body is no JSON, no $.a in the first 1 MiB, expected 1"),
        judge(200, "aaa", true, wanted));
  }

  @Test
  void cutsLongValues() {
    Outcome.Failed failed =
        (Outcome.Failed)
            judge(
                200,
                "{\"a\":\"%s\"}".formatted("x".repeat(1000)),
                false,
                wanted().expect(Expectation.json("$.a", 1)));
    assertEquals("$.a is \"" + "x".repeat(79) + "…\", expected 1", failed.detail());
  }

  @Test
  void neverShowsTheSecretThatTheAnswerBrought() {
    Wanted wanted =
        wanted()
            .expect(Expectation.json("$.token", template("other")))
            .captureSecret("token", Source.json("$.token"));
    assertEquals(
        fail(Cause.ASSERTION, "$.token is ***, expected ***"), judge(200, BODY, false, wanted));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\": {\"value\": \"opaque-4711\"}}",
        "{\"token\": [\"x\", \"opaque-4711\"]}",
      })
  void hidesASecretOfAnotherShapeThanWanted(String body) {
    judge(200, body, false, wanted().captureSecret("t", Source.json("$.token")));
    assertEquals("is ***", mask.value("is opaque-4711"));
  }

  @ParameterizedTest
  @CsvSource({
    "12345678.90, 12345678.9",
    "1700000000.123, 1700000000.123",
    "0.0001, 0.0001",
    "1e3, 1000.0",
    "7, 7",
    "12345678901234567890123, 12345678901234567890123"
  })
  void takesNumbersAsPeopleWriteThem(String json, String taken) {
    Wanted wanted = wanted().capture("n", Source.json("$.n"));
    assertEquals(Outcome.pass(), judge(200, "{\"n\": " + json + "}", false, wanted));
    assertEquals(taken, values.render(template("${n}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "1e999999999", "-1e999"})
  void takesNoNumberThatIsTooLarge(String json) {
    Wanted wanted = wanted().capture("n", Source.json("$.n"));
    assertTrue(judge(200, "{\"n\": " + json + "}", false, wanted).isFail());
  }

  @Test
  void takesCaptures() {
    Wanted wanted =
        wanted()
            .capture("state", Source.json("$.state"))
            .capture("count", Source.json("$.count"))
            .capture("done", Source.json("$.done"))
            .capture("group", Source.regex("\"sku\": \"(.)\""))
            .capture("whole", Source.regex("\"sku\": \".\""))
            .capture("region", Source.header("x-region"));
    assertEquals(Outcome.pass(), judge(200, BODY, false, wanted));
    assertEquals(
        "pending 2.5 false a \"sku\": \"a\" EU-west",
        values.render(template("${state} ${count} ${done} ${group} ${whole} ${region}")));
  }

  @Test
  void takesWhatStandsThereSeveralTimes() {
    Wanted wanted = wanted().capture("csrf", Source.json("$..csrf"));
    assertEquals(
        Outcome.pass(), judge(200, "[{\"csrf\": \"a\"}, {\"csrf\": \"a\"}]", false, wanted));
    assertEquals("a", values.render(template("${csrf}")));
    assertEquals(
        fail(Cause.EXTRACT, "cannot capture csrf: $..csrf leads to 2 values"),
        judge(200, "[{\"csrf\": \"a\"}, {\"csrf\": \"b\"}]", false, wanted));
  }

  @Test
  void saysWhatItCannotCapture() {
    Wanted wanted =
        wanted()
            .capture("a", Source.json("$.absent"))
            .capture("b", Source.json("$.items"))
            .capture("c", Source.regex("id=(\\d+)"))
            .capture("d", Source.header("Location"));
    assertEquals(
        fail(
            Cause.EXTRACT,
            "cannot capture a: $.absent is missing; "
                + "cannot capture b: $.items is [{\"sku\":\"a\"},{\"sku\":\"b\"}], no single value; "
                + "cannot capture c: match of /id=(\\d+)/ is missing; "
                + "cannot capture d: header Location is missing"),
        judge(200, BODY, false, wanted));
    assertEquals(
        fail(Cause.EXTRACT, "cannot capture a: body is no JSON, no $.a"),
        judge(200, "x", false, wanted().capture("a", Source.json("$.a"))));
  }
}
