package dev.allclear.probes.expect;

import static dev.allclear.probes.expect.Given.body;
import static dev.allclear.probes.expect.Given.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.allclear.probes.Cause;
import dev.allclear.probes.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is expected of an answer as a whole.
final class AnswerExpectationTest {

  private static Answer.Wire wire(Answer.Tls tls) {
    return new Answer.Wire("192.0.2.7", "h2", tls, Duration.ofMillis(5), Given.NOW);
  }

  private static Answer.Tls tls(String version, Duration left) {
    return new Answer.Tls(version, Given.NOW.plus(left));
  }

  @Test
  void textOfTheBody() {
    assertEquals("holds", body("all is well").complaint(Expectation.lacks(text("error"))));
    assertEquals(
        "body contains \"well\"", body("all is well").complaint(Expectation.lacks(text("well"))));
  }

  @Test
  void size() {
    assertEquals("holds", body("abc").complaint(new Expectation.Size(new Limits(1, 3))));
    assertEquals(
        "body has 0 bytes, expected 1 to 3",
        body("").complaint(new Expectation.Size(new Limits(1, 3))));
    assertEquals(
        "body has more than 3 bytes, expected at most 3",
        body("abc").cut().complaint(new Expectation.Size(new Limits(0, 3))));
  }

  @Test
  void anObjectiveThatIsMissedIsSlow() {
    Judgement judgement = body("").judge(new Expectation.Within(Duration.ofMillis(800)));

    assertEquals(Outcome.slow("took 1.2s, expected at most 800ms"), judgement.outcome());
    assertEquals(
        new Finding("answer within 800ms", "1.2s", "took 1.2s, expected at most 800ms"),
        judgement.findings().getLast());
    assertEquals(
        Outcome.pass(), body("").judge(new Expectation.Within(Duration.ofMillis(1200))).outcome());
  }

  @Test
  void slownessIsToldButDoesNotExcuseAFailure() {
    assertEquals(
        Outcome.fail(
            Cause.ASSERTION, "took 1.2s, expected at most 1s; body does not contain \"x\""),
        body("")
            .judge(new Expectation.Within(Duration.ofSeconds(1)), Expectation.contains(text("x")))
            .outcome());
  }

  @Test
  void protocol() {
    assertEquals("holds", body("").complaint(new Expectation.Protocol("http/1.1")));
    assertEquals(
        "protocol is http/1.1, expected h2", body("").complaint(new Expectation.Protocol("h2")));
  }

  @Test
  void tlsVersion() {
    Expectation least = new Expectation.Tls("1.3", null);
    assertEquals("holds", body("").wire(wire(tls("TLSv1.3", Duration.ofDays(1)))).complaint(least));
    assertEquals(
        "TLS version is 1.2, expected at least 1.3",
        body("").wire(wire(tls("TLSv1.2", Duration.ofDays(1)))).complaint(least));
    assertEquals("the answer came without TLS, expected at least 1.3", body("").complaint(least));
  }

  @Test
  void daysLeftOnTheCertificate() {
    Expectation least = new Expectation.Tls(null, 14);
    assertEquals(
        "holds", body("").wire(wire(tls("TLSv1.3", Duration.ofDays(14)))).complaint(least));
    assertEquals(
        "certificate has 13 days left (until 2026-01-16), expected at least 14",
        body("").wire(wire(tls("TLSv1.3", Duration.ofDays(14).minusSeconds(1)))).complaint(least));
  }

  @Test
  void remoteAddress() {
    Network far = Network.parse("198.51.100.0/24");
    assertEquals(
        "holds",
        body("").complaint(new Expectation.Remote(List.of(far, Network.parse("192.0.2.0/29")))));
    assertEquals(
        "remote address is 192.0.2.7, expected one in 198.51.100.0/24 or 2001:db8:0:0:0:0:0:0/32",
        body("").complaint(new Expectation.Remote(List.of(far, Network.parse("2001:db8::/32")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shop.example", "192.0.2.0/33", "2001:db8::/129", "10.1", "", "1.2.3.999"})
  void whatIsNoNetwork(String text) {
    assertEquals(
        "`" + text + "` is no network; write one, as 192.0.2.0/24 or 2001:db8::/32",
        assertThrows(IllegalArgumentException.class, () -> Network.parse(text)).getMessage());
  }

  @Test
  void labels() {
    Given given =
        body("{\"version\": \"1.4.2\"}")
            .header("X-Served-By", "eu-1")
            .label(Label.SERVED_BY, Source.header("X-Served-By"))
            .label(Label.VERSION, Source.json("$.version"));
    assertEquals(Map.of(Label.SERVED_BY, "eu-1", Label.VERSION, "1.4.2"), given.judge().labels());
    assertEquals("holds", given.complaint(new Expectation.Labelled(Label.VERSION, text("1.4.2"))));
    assertEquals(
        "served-by is \"eu-1\", expected \"us\"",
        given.complaint(new Expectation.Labelled(Label.SERVED_BY, text("us"))));
    assertEquals(
        "version is missing, expected \"2\"",
        body("").complaint(new Expectation.Labelled(Label.VERSION, text("2"))));
  }

  @ParameterizedTest
  @CsvSource({
    "$.user.access_token, $.user.access_token is ***",
    "$['api_key'], $['api_key'] is ***",
    "$.pin, $.pin is ***",
    "$.keys, '$.keys is [\"k-1\"]'"
  })
  void valuesOfSecretNamesAreNotShown(String path, String complaint) {
    Given answer =
        body(
            "{\"user\": {\"access_token\": \"opaque-1\"}, \"api_key\": \"k-1\", \"pin\": 1234, \"keys\": [\"k-1\"]}");
    Expectation expected = Expectation.of(Source.json(path), new Predicate.Type(Kind.BOOLEAN));
    assertEquals(complaint + ", expected type boolean", answer.complaint(expected));
  }

  @Test
  void valuesOfSecretHeadersCookiesAndFieldsOfFormsAreNotShown() {
    Given answer =
        body("<input name=csrf_token value=opaque-1>")
            .header("X-Api-Key", "opaque-2")
            .cookie("PHPSESSID", "opaque-3")
            .cookie("session", "opaque-4");
    Predicate other = new Predicate.Equal(text("x"));
    Predicate none = new Predicate.Exists(false);

    assertEquals(
        "header X-Api-Key is ***, expected ***",
        answer.complaint(Expectation.of(Source.header("X-Api-Key"), other)));
    assertEquals(
        "cookie PHPSESSID is ***, expected none",
        answer.complaint(Expectation.of(new Source.Cookie("PHPSESSID"), none)));
    assertEquals(
        "cookie session is ***, expected ***",
        answer.complaint(Expectation.of(new Source.Cookie("session"), other)));
    assertEquals(
        "attribute value of [name=csrf_token] is ***, expected ***",
        answer.complaint(Expectation.of(Source.css("[name=csrf_token]", "value"), other)));
    assertEquals(
        "***",
        answer
            .judge(Expectation.of(Source.header("X-Api-Key"), new Predicate.Exists(true)))
            .findings()
            .getLast()
            .actual());
  }

  @Test
  void findingsNameAllThatWasExpected() {
    assertEquals(
        List.of(
            new Finding("status 200-299", "200", ""),
            new Finding("$.a 1", "1", ""),
            new Finding("$.b \"x\"", "is missing", "$.b is missing, expected \"x\"")),
        body("{\"a\": 1}")
            .judge(Expectation.json("$.a", 1), Expectation.json("$.b", text("x")))
            .findings());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status == 200 && headers['content-type'] == 'x' | holds",
        "json.total > 2 && json.total < 2.6              | holds",
        "json.items.all(i, i.n > 0)                      | holds",
        "json.none == null                               | holds",
        "vars.tier == 'gold' && took > 1.0               | holds",
        "body.contains('total')                          | holds",
        "has(json.absent)                                | has(json.absent) is false",
        "json.total > 3                                  | json.total > 3 is false",
        "json.absent > 3                                 | json.absent > 3: key 'absent' is not present in map",
        "json.items[7].n == 1                            | json.items[7].n == 1: Index out of bounds: 7",
        "json.total / json.zero == 1.0                   | json.total / json.zero == 1.0: No matching overload for function '_/_'.",
      })
  void conditions(String expression, String complaint) {
    Given given =
        body("{\"total\": 2.5, \"zero\": 0, \"none\": null, \"items\": [{\"n\": 1}]}")
            .header("Content-Type", "x");
    given.values.put("tier", "gold");
    assertEquals(complaint, given.complaint(new Expectation.Condition(Cel.ofAnswer(expression))));
  }

  @Test
  void conditionsOverJsonNeedIt() {
    assertEquals(
        "body is no JSON, expected json.a == 1",
        body("<a>").complaint(new Expectation.Condition(Cel.ofAnswer("json.a == 1"))));
    assertEquals(
        "holds", body("<a>").complaint(new Expectation.Condition(Cel.ofAnswer("status == 200"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jsn.a == 1 | `jsn.a == 1` knows no `jsn`; write one of: status, headers, body, json, vars, took",
        "status     | `status` is not true or false but int; write a comparison, as status == …",
        "vars.n == 3 | `vars.n == 3` compares text with a number in place 8; write both as numbers, as int(vars.count), or both as text, in quotes",
        "status ==  | `status ==` is no CEL in place 10: mismatched input '<EOF>'",
        "status > 'a' | `status > 'a'` compares text with a number in place 8; write both as numbers, as int(vars.count), or both as text, in quotes",
      })
  void whatIsNoCondition(String expression, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Cel.ofAnswer(expression)).getMessage());
  }

  @Test
  void conditionsOverVariables() {
    Cel cel = Cel.ofVariables("vars.tier == 'gold'");
    assertEquals(List.of("tier"), List.copyOf(cel.variables()));
    assertEquals(new Cel.Result.Is(true), cel.evaluate(Map.of("vars", Map.of("tier", "gold"))));
    assertEquals(
        new Cel.Result.Failed("key 'tier' is not present in map"),
        cel.evaluate(Map.of("vars", Map.of())));
    assertEquals(
        "`status == 1` knows no `status`; write one of: vars",
        assertThrows(IllegalArgumentException.class, () -> Cel.ofVariables("status == 1"))
            .getMessage());
  }
}
