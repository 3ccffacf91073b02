package dev.allclear.probes.expect;

import static dev.allclear.probes.expect.Given.body;
import static dev.allclear.probes.expect.Given.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.allclear.probes.expect.Predicate.Compare;
import dev.allclear.probes.expect.Predicate.Each;
import dev.allclear.probes.expect.Predicate.Equal;
import dev.allclear.probes.expect.Predicate.Exists;
import dev.allclear.probes.expect.Predicate.Length;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where values stand: found, missing, and in what cannot be read.
final class SourceTest {

  private static final String PAGE =
      """
      <!doctype html><title>Shop</title>
      <form action="/login"><input name=csrf value="c-1"><p id=total>  12.50 </p>
      <ul><li class=row>a<li class=row>b</ul></form>\
      """;
  private static final String FEED =
      """
      <?xml version="1.0"?>
      <s:Envelope xmlns:s="urn:soap"><s:Body><order id="7"><total> 42 </total><item>a</item>
      <item>b</item></order></s:Body></s:Envelope>\
      """;

  private static Expectation equal(Source source, String text) {
    return Expectation.of(source, new Equal(text(text)));
  }

  @Test
  void headersAreOneValue() {
    Given given = body("").header("Vary", "Accept").header("vary", "Origin").header("X-A", "");
    assertEquals("holds", given.complaint(equal(Source.header("VARY"), "Accept, Origin")));
    assertEquals("holds", given.complaint(equal(Source.header("X-A"), "")));
    assertEquals(
        "header Vary is \"Accept, Origin\", expected \"x\" in it",
        given.complaint(Expectation.header("Vary", text("x"))));
    assertEquals(
        "header Age is missing, expected \"1\"", given.complaint(equal(Source.header("Age"), "1")));
  }

  @Test
  void cookies() {
    Given given = body("").cookie("session", "s-1");
    Source session = new Source.Cookie("session");
    assertEquals("holds", given.complaint(Expectation.of(session, new Exists(true))));
    assertEquals("cookie session is ***, expected ***", given.complaint(equal(session, "s-2")));
    assertEquals(
        "cookie other is missing",
        given.complaint(Expectation.of(new Source.Cookie("other"), new Exists(true))));
  }

  @Test
  void elementsOfHtml() {
    Given page = body(PAGE);
    Source rows = Source.css(".row", null);
    assertEquals("holds", page.complaint(equal(Source.css("#total", null), "12.50")));
    assertEquals(
        "holds",
        page.complaint(
            Expectation.of(
                Source.css("#total", null), new Compare(Comparison.ABOVE, BigDecimal.TEN))));
    assertEquals("holds", page.complaint(equal(Source.css("[name=csrf]", "value"), "c-1")));
    assertEquals("holds", page.complaint(Expectation.of(rows, new Length(new Limits(2, 2)))));
    assertEquals(
        "#total is \"12.50\", expected \"13\"",
        page.complaint(equal(Source.css("#total", null), "13")));
    assertEquals(".row leads to 2 values, expected \"a\"", page.complaint(equal(rows, "a")));
    assertEquals(
        ".row is \"b\" in place 2, expected each \"a\"",
        page.complaint(Expectation.of(rows, new Each(List.of(new Equal(text("a")))))));
    assertEquals(
        "attribute href of form is missing, expected \"/\"",
        page.complaint(equal(Source.css("form", "href"), "/")));
    assertEquals(
        "h1 is missing", page.complaint(Expectation.of(Source.css("h1", null), new Exists(true))));
  }

  @Test
  void pathsInXmlWhateverTheNamespace() {
    Given feed = body(FEED).header("Content-Type", "application/soap+xml");
    assertEquals("holds", feed.complaint(equal(Source.xpath("/Envelope/Body/order/total"), "42")));
    assertEquals("holds", feed.complaint(equal(Source.xpath("//order/@id"), "7")));
    assertEquals("holds", feed.complaint(equal(Source.xpath("count(//item)"), "2")));
    assertEquals("holds", feed.complaint(equal(Source.xpath("boolean(//item)"), "true")));
    assertEquals("holds", feed.complaint(equal(Source.xpath("string(//total)"), " 42 ")));
    assertEquals(
        "//item leads to 2 values, expected \"a\"",
        feed.complaint(equal(Source.xpath("//item"), "a")));
    assertEquals(
        "//price is missing, expected \"1\"", feed.complaint(equal(Source.xpath("//price"), "1")));
    assertEquals(
        "number(//price) is no number, expected \"0\"",
        feed.complaint(equal(Source.xpath("number(//price)"), "0")));
  }

  @Test
  void pathsInHtml() {
    assertEquals("holds", body(PAGE).complaint(equal(Source.xpath("//form/@action"), "/login")));
    assertEquals(
        "holds",
        body("<p>a")
            .header("Content-Type", "text/html")
            .complaint(equal(Source.xpath("//p"), "a")));
  }

  @Test
  void pathsInNeither() {
    assertEquals(
        "body is no XML, no //a, expected \"1\"",
        body("{\"a\": 1}").complaint(equal(Source.xpath("//a"), "1")));
    assertEquals(
        "body is no XML, no //a in the first 1 MiB, expected \"1\"",
        body("<a>").cut().complaint(equal(Source.xpath("//a"), "1")));
  }

  @Test
  void captures() {
    Given page = body(PAGE).location("https://id.example/cb?code=c-42&x=1").cookie("s", "1");
    assertEquals("c-1", page.captured(Source.css("[name=csrf]", "value")));
    assertEquals("/login", page.captured(Source.xpath("//form/@action")));
    assertEquals("1", page.captured(new Source.Cookie("s")));
    assertEquals("192.0.2.7", page.captured(new Source.Remote()));
    assertEquals("c-42", page.captured(Source.redirect("code=([^&]+)")));
    assertEquals("https://id.example/cb?code=c-42&x=1", page.captured(Source.redirect(null)));
  }

  @Test
  void captureWhatIsNotThere() {
    Given page = body(PAGE);
    assertEquals("cannot capture x: h1 is missing", page.captured(Source.css("h1", null)));
    assertEquals(
        "cannot capture x: .row leads to 2 values", page.captured(Source.css(".row", null)));
    assertEquals("cannot capture x: body is no JSON, no $.a", page.captured(Source.json("$.a")));
    assertEquals("cannot capture x: cookie s is missing", page.captured(new Source.Cookie("s")));
    assertEquals(
        "cannot capture x: redirect location is missing", page.captured(Source.redirect(null)));
    assertEquals(
        "cannot capture x: redirect location has no match of /x=7/",
        page.location("https://id.example/").captured(Source.redirect("x=7")));
    assertEquals(
        "cannot capture x: $.a is [1], no single value",
        body("{\"a\": [1]}").captured(Source.json("$.a")));
    assertEquals("cannot capture x: //a is missing", body("<b/>").captured(Source.xpath("//a")));
  }

  @Test
  void hidesTheSecretThatAnyOfThemBrings() {
    Given page = body(PAGE.replace("c-1", "c-4711-secret"));
    Capture secret = new Capture("csrf", Source.css("[name=csrf]", "value"), true);
    Judgement judgement =
        page.checks(secret).judge(List.of(equal(Source.xpath("//input/@value"), "x")));

    assertEquals(
        "//input/@value is \"***\", expected \"x\"", judgement.findings().getLast().complaint());
    assertEquals("\"***\"", judgement.findings().getLast().actual());
  }
}
