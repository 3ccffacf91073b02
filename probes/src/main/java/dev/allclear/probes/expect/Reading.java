package dev.allclear.probes.expect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;
import javax.xml.xpath.XPathExpressionException;
import org.jspecify.annotations.Nullable;

/// One answer, its body parsed when a source first looks into it. Used on the run's thread.
final class Reading {

  private static final Pattern HTML = Pattern.compile("(?i)\\s*<(!doctype )?html");

  private final Answer answer;
  private @Nullable Document json;
  private @Nullable HtmlDocument html;
  private @Nullable XmlDocument xml;
  private boolean jsonTried;
  private boolean xmlTried;

  Reading(Answer answer) {
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }

  Found find(Source source) {
    return switch (source) {
      case Source.Body() -> Found.one(text());
      case Source.Json(String path) -> json(path);
      case Source.Regex(Pattern pattern) -> Found.text(firstMatch(pattern, text()));
      case Source.Header(String name) -> Found.text(answer.header(name));
      case Source.Cookie(String name) -> Found.text(answer.cookies().get(name));
      case Source.Css(String selector, String attribute) -> html().select(selector, attribute);
      case Source.Xpath(String path) -> xpath(path);
      case Source.Redirect(Pattern part) -> redirect(part);
      case Source.Remote() -> Found.text(answer.wire().remote());
    };
  }

  /// The body as JSON, or null if it is none.
  @Nullable Document json() {
    if (!jsonTried) {
      jsonTried = true;
      json = Document.parse(text());
    }
    return json;
  }

  private HtmlDocument html() {
    if (html == null) {
      html = HtmlDocument.parse(text());
    }
    return html;
  }

  /// The body as a tree, or null if it is neither HTML nor XML.
  private @Nullable XmlDocument xml() {
    if (!xmlTried) {
      xmlTried = true;
      xml = isHtml() ? XmlDocument.of(html()) : XmlDocument.parse(text());
    }
    return xml;
  }

  /// By its type, else by how it begins.
  private boolean isHtml() {
    String type = String.valueOf(answer.header("Content-Type")).toLowerCase(Locale.ROOT);
    return type.contains("html") || (!type.contains("xml") && HTML.matcher(text()).lookingAt());
  }

  private Found xpath(String path) {
    XmlDocument tree = xml();
    if (tree == null) {
      return new Found.Unreadable("body is no XML, no " + path);
    }
    try {
      return tree.at(path);
    } catch (XPathExpressionException e) {
      return new Found.Unreadable(path + " cannot be evaluated: " + Syntax.reason(e));
    }
  }

  private String text() {
    return answer.body().text();
  }

  private Found json(String path) {
    Document document = json();
    return document == null
        ? new Found.Unreadable("body is no JSON, no " + path)
        : document.find(path);
  }

  private Found redirect(@Nullable Pattern part) {
    String location = answer.location();
    if (location == null || part == null) {
      return Found.text(location);
    }
    String match = firstMatch(part, location);
    return match == null
        ? new Found.Missing("has no match of /" + part.pattern() + "/")
        : Found.one(match);
  }

  private static @Nullable String firstMatch(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(Math.min(1, matcher.groupCount())) : null;
  }
}
