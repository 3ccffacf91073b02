package dev.allclear.probes.expect;

import static dev.allclear.probes.expect.Given.body;
import static dev.allclear.probes.expect.Given.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.allclear.probes.template.JsonText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A megabyte that was made to be looked at for ever.
final class HostileBodyTest {

  private static final int SIZE = 1 << 20;

  /// What cannot be judged in this time never could.
  private static final Duration LONG = Duration.ofMinutes(5);

  private static String of(String piece) {
    return piece.repeat(SIZE / piece.length());
  }

  static Stream<Arguments> bodies() {
    String bomb =
        """
        <!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
        <a>&c;</a>\
        """;
    String outside = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
    return Stream.of(
        Arguments.of("deep JSON", of("[")),
        Arguments.of("deep objects", of("{\"a\":")),
        Arguments.of("a long number", of("9")),
        Arguments.of("a long exponent", "1e" + "9".repeat(1000)),
        Arguments.of("deep HTML", of("<b>")),
        Arguments.of("deep XML", of("<a>")),
        Arguments.of(
            "closed XML", of("<a>").substring(0, 300_000) + of("</a>").substring(0, 400_000)),
        Arguments.of("wide XML", "<a>" + of("<b/>").substring(0, 1_000_000) + "</a>"),
        Arguments.of("attributes", "<a " + of("b=\"c\" ")),
        Arguments.of("entities", bomb),
        Arguments.of("outside entities", outside),
        Arguments.of("one letter", of("a")),
        Arguments.of("unclosed comments", of("<!--")),
        Arguments.of(
            "invalid UTF-8",
            new String(new byte[] {(byte) 0xff, 0, (byte) 0xc3}, StandardCharsets.UTF_8)),
        Arguments.of("lone surrogates", of("\ud800")),
        Arguments.of("control characters", of("\u0001\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void endsAndHoldsNothing(String name, String hostile) {
    List<Source> sources =
        List.of(
            Source.json("$..a..a"),
            Source.xpath("/a/x"),
            Source.css("b ~ b > i:has(b b)", null),
            Source.css("i:matches((b+)+c)", null),
            Source.regex("(x+x+)+y"));
    for (Source source : sources) {
      Expectation expectation = Expectation.of(source, new Predicate.Equal(text("root")));
      String said =
          assertTimeoutPreemptively(LONG, () -> body(hostile).complaint(expectation), name);
      assertFalse(said.equals("holds"), name + " " + source);
    }
  }

  @Test
  void entitiesAreNotFollowed() {
    String xxe = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>";
    assertEquals(
        "body is no XML, no //a, expected \"x\"",
        body(xxe)
            .header("Content-Type", "application/xml")
            .complaint(Expectation.of(Source.xpath("//a"), new Predicate.Equal(text("x")))));
  }

  @Test
  void conditionsHaveABudget() {
    String many = "{\"a\": [" + "1,".repeat(200_000) + "1]}";
    assertEquals(
        "json.a.all(x, x == 1): Iteration budget exceeded: 100000",
        body(many).complaint(new Expectation.Condition(Cel.ofAnswer("json.a.all(x, x == 1)"))));
  }

  @Test
  void infiniteNumbersAreNotFinite() {
    assertEquals(
        "$.a is Infinity, no number, expected at most 1",
        body("{\"a\": 1e999}")
            .complaint(
                Expectation.of(
                    Source.json("$.a"),
                    new Predicate.Compare(Comparison.AT_MOST, BigDecimal.ONE))));
  }

  /// Every document equals itself, and is of its own kind.
  @Test
  void everyDocumentEqualsItself() {
    long seed = 3;
    RandomJson random = new RandomJson(new Random(seed));
    for (int round = 0; round < 500; round++) {
      Object document = random.value(4);
      String text = JsonText.write(document);
      Given given = body("{\"v\":" + text + "}");
      String at = "round " + round + " of seed " + seed + ": " + text;
      assertEquals("holds", given.complaint(Expectation.json("$.v", document)), at);
      assertEquals(
          "holds",
          given.complaint(
              Expectation.of(Source.json("$.v"), new Predicate.Type(Kind.of(document)))),
          at);
      assertEquals(
          "holds",
          given.complaint(Expectation.of(Source.json("$.w"), new Predicate.Exists(false))),
          at);
    }
  }
}
