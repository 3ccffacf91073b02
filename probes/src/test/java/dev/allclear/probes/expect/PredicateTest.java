package dev.allclear.probes.expect;

import static dev.allclear.probes.expect.Given.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.expect.Predicate.Compare;
import dev.allclear.probes.expect.Predicate.Contains;
import dev.allclear.probes.expect.Predicate.Each;
import dev.allclear.probes.expect.Predicate.Equal;
import dev.allclear.probes.expect.Predicate.Exists;
import dev.allclear.probes.expect.Predicate.Lacks;
import dev.allclear.probes.expect.Predicate.Length;
import dev.allclear.probes.expect.Predicate.NewerThan;
import dev.allclear.probes.expect.Predicate.Not;
import dev.allclear.probes.expect.Predicate.OneOf;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each predicate with what it holds of, and the sentence where it does not.
final class PredicateTest {

  private static final String BODY =
      """
      {"state": "pending", "price": "12.50", "count": 2.50, "none": null, "done": false,
       "tags": ["a", "b"], "deep": {"x": [1, {"y": null}]}, "prices": [3, 0, "n/a"],
       "items": [{"sku": "a", "n": 1}, {"sku": "b", "n": 2}], "word": "grün",
       "at": "2026-01-02T03:00:05Z", "http": "Fri, 02 Jan 2026 02:04:05 GMT", "epoch": 1767323045,
       "millis": 1767323045000, "ahead": "2026-01-02T03:09:05+00:00", "skewed": "2026-01-02T03:04:35Z",
       "day": "2026-01-02"}\
      """;

  private static Arguments row(String path, Predicate predicate, String complaint) {
    return Arguments.of(path, predicate, complaint);
  }

  private static Compare compare(Comparison comparison, String number) {
    return new Compare(comparison, new BigDecimal(number));
  }

  static Stream<Arguments> rows() {
    return Stream.of(values(), numbers(), shapes(), times()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> values() {
    return Stream.of(
        row("$.none", new Exists(true), "holds"),
        row("$.absent", new Exists(true), "$.absent is missing"),
        row("$.absent", new Exists(false), "holds"),
        row("$.state", new Exists(false), "$.state is \"pending\", expected none"),
        row("$.state", new Equal(text("pending")), "holds"),
        row("$.state", new Equal(text("booked")), "$.state is \"pending\", expected \"booked\""),
        row("$.absent", new Equal(null), "$.absent is missing, expected null"),
        row("$.none", new Equal(null), "holds"),
        row("$.tags", new Equal(List.of(text("a"), text("b"))), "holds"),
        row("$.tags", new Equal(List.of()), "$.tags is [\"a\",\"b\"], expected []"),
        row("$..sku", new Equal(List.of(text("a"), text("b"))), "holds"),
        row("$..sku", new Equal(text("a")), "$..sku leads to 2 values, expected \"a\""),
        row(
            "$.deep",
            new Equal(Map.of("x", Arrays.asList(1, Collections.singletonMap("y", null)))),
            "holds"),
        row(
            "$.deep",
            new Equal(Map.of("x", 1)),
            "$.deep is {\"x\":[1,{\"y\":null}]}, expected {\"x\":1}"),
        row("$.state", new Not(text("failed")), "holds"),
        row(
            "$.state",
            new Not(text("pending")),
            "$.state is \"pending\", expected not \"pending\""),
        row("$.absent", new Not(text("x")), "$.absent is missing, expected not \"x\""),
        row("$.state", new OneOf(List.of(text("booked"), text("pending"))), "holds"),
        row(
            "$.state",
            new OneOf(List.of(text("booked"), 3)),
            "$.state is \"pending\", expected one of \"booked\", 3"),
        row("$.state", new Contains(text("end"), false), "holds"),
        row("$.state", new Contains(text("END"), true), "holds"),
        row(
            "$.state",
            new Contains(text("x"), false),
            "$.state is \"pending\", expected \"x\" in it"),
        row("$.tags", new Contains(text("a"), false), "holds"),
        row(
            "$.tags",
            new Contains(text("c"), false),
            "$.tags is [\"a\",\"b\"], expected \"c\" in it"),
        row("$..sku", new Contains(text("b"), false), "holds"),
        row("$..state", new Contains(text("end"), false), "holds"),
        row("$.count", new Contains(text("2"), false), "$.count is 2.5, expected \"2\" in it"),
        row("$.state", new Lacks(text("x")), "holds"),
        row("$.state", new Lacks(text("pen")), "$.state is \"pending\", expected no \"pen\" in it"),
        row("$.state", Predicate.matches("^p.*g$"), "holds"),
        row("$.state", Predicate.matches("^x"), "$.state is \"pending\", expected a match of /^x/"),
        row("$.done", Predicate.matches("f"), "$.done is false, expected a match of /f/"));
  }

  private static Stream<Arguments> numbers() {
    return Stream.of(
        row("$.count", compare(Comparison.ABOVE, "2"), "holds"),
        row("$.count", compare(Comparison.ABOVE, "2.5"), "$.count is 2.5, expected above 2.5"),
        row("$.count", compare(Comparison.AT_LEAST, "2.5"), "holds"),
        row("$.count", compare(Comparison.AT_LEAST, "3"), "$.count is 2.5, expected at least 3"),
        row("$.count", compare(Comparison.BELOW, "3"), "holds"),
        row("$.count", compare(Comparison.BELOW, "2.5"), "$.count is 2.5, expected below 2.5"),
        row("$.count", compare(Comparison.AT_MOST, "2.50"), "holds"),
        row("$.count", compare(Comparison.AT_MOST, "1"), "$.count is 2.5, expected at most 1"),
        row("$.price", compare(Comparison.ABOVE, "12"), "holds"),
        row("$.absent", compare(Comparison.ABOVE, "-1"), "$.absent is missing, expected above -1"),
        row(
            "$.none",
            compare(Comparison.AT_LEAST, "0"),
            "$.none is null, no number, expected at least 0"),
        row(
            "$.state",
            compare(Comparison.BELOW, "1"),
            "$.state is \"pending\", no number, expected below 1"));
  }

  private static Stream<Arguments> shapes() {
    Predicate positive = compare(Comparison.ABOVE, "0");
    return Stream.of(
        row("$.tags", new Length(new Limits(2, 2)), "holds"),
        row("$.word", new Length(new Limits(4, 4)), "holds"),
        row("$.deep", new Length(new Limits(1, 9)), "holds"),
        row("$..sku", new Length(new Limits(2, 2)), "holds"),
        row(
            "$.tags",
            new Length(new Limits(3, Long.MAX_VALUE)),
            "$.tags has length 2, expected length at least 3"),
        row(
            "$.tags",
            new Length(new Limits(0, 1)),
            "$.tags has length 2, expected length at most 1"),
        row("$.tags", new Length(new Limits(3, 4)), "$.tags has length 2, expected length 3 to 4"),
        row(
            "$.count",
            new Length(new Limits(1, 1)),
            "$.count is 2.5, without a length, expected length 1"),
        row("$.count", new Predicate.Type(Kind.NUMBER), "holds"),
        row("$.none", new Predicate.Type(Kind.NULL), "holds"),
        row("$.tags", new Predicate.Type(Kind.ARRAY), "holds"),
        row("$.deep", new Predicate.Type(Kind.OBJECT), "holds"),
        row("$.done", new Predicate.Type(Kind.BOOLEAN), "holds"),
        row(
            "$.price",
            new Predicate.Type(Kind.NUMBER),
            "$.price is \"12.50\", expected type number"),
        row("$..n", new Each(List.of(positive)), "holds"),
        row(
            "$.prices",
            new Each(List.of(positive)),
            "$.prices is 0 in place 2, expected each above 0"),
        row(
            "$.prices",
            new Each(List.of(new Predicate.Type(Kind.NUMBER))),
            "$.prices is \"n/a\" in place 3, expected each type number"),
        row(
            "$.state",
            new Each(List.of(positive)),
            "$.state is \"pending\", no list, expected each above 0"));
  }

  private static Stream<Arguments> times() {
    Predicate newer = new NewerThan(Duration.ofMinutes(5));
    return Stream.of(
        row("$.at", newer, "holds"),
        row("$.skewed", newer, "holds"),
        row("$.http", new NewerThan(Duration.ofHours(2)), "holds"),
        row("$.epoch", newer, "holds"),
        row("$.millis", newer, "holds"),
        row(
            "$.at",
            new NewerThan(Duration.ofMinutes(3)),
            "$.at is 4m00s old, expected newer than 3m00s"),
        row("$.http", newer, "$.http is 1h00m old, expected newer than 5m00s"),
        row(
            "$.ahead",
            newer,
            "$.ahead is 5m00s ahead of the agent's clock, expected newer than 5m00s"),
        row("$.absent", newer, "$.absent is missing, expected newer than 5m00s"),
        row(
            "$.day",
            newer,
            "$.day is \"2026-01-02\", no time (RFC 3339, RFC 1123, seconds or milliseconds), expected newer than 5m00s"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void saysWhatIsAndWhatWasExpected(String path, Predicate predicate, String complaint) {
    assertEquals(
        complaint, Given.body(BODY).complaint(Expectation.of(Source.json(path), predicate)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void nothingHoldsOfWhatCannotBeRead(String path, Predicate predicate, String complaint) {
    String said = Given.body("<p>").complaint(Expectation.of(Source.json(path), predicate));

    assertEquals("body is no JSON, no " + path, said.replaceFirst(", expected .*", ""), complaint);
  }

  static Stream<Arguments> captures() {
    return Stream.of(
        row("$.id", new Equal(text("${id}")), "holds"),
        row("$.id", new Not(text("${id}")), "$.id is 7.0, expected not \"7\""),
        row("$.other", new Equal(text("${id}")), "$.other is 8, expected \"7\""),
        row("$.id", new Equal(text("7")), "$.id is 7.0, expected \"7\""),
        row("$.paid", new Equal(text("${paid}")), "holds"),
        row("$.ids", new Contains(text("${id}"), false), "holds"),
        row("$.ids", new Lacks(text("${id}")), "$.ids is [6,7], expected no \"7\" in it"));
  }

  @ParameterizedTest
  @MethodSource("captures")
  void whatWasCapturedIsEqualToTheNumberItWas(String path, Predicate predicate, String complaint) {
    Given given = Given.body("{\"id\": 7.0, \"other\": 8, \"ids\": [6, 7], \"paid\": true}");
    given.values.put("id", "7");
    given.values.put("paid", "true");

    assertEquals(complaint, given.complaint(Expectation.of(Source.json(path), predicate)));
  }
}
