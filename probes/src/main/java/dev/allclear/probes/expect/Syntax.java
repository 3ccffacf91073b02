package dev.allclear.probes.expect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import javax.xml.xpath.XPathExpressionException;
import org.jsoup.select.QueryParser;

/// Checks what an operator wrote in RE2, JSONPath, XPath or as a CSS selector, and says what is
/// wrong with it.
public final class Syntax {

  private Syntax() {}

  public static Pattern regex(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "`%s` is no regular expression (RE2): %s".formatted(regex, e.getDescription()), e);
    }
  }

  public static String jsonPath(String path) {
    if (!path.startsWith("$")) {
      throw new IllegalArgumentException(
          "`%s` is no JSONPath; write $.%s".formatted(path, path.isEmpty() ? "name" : path));
    }
    try {
      JsonPath.compile(path);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("`%s` is no JSONPath%s".formatted(path, complaint(e)), e);
    }
    // The compiler leaves such an end out, and then looks for something else than what is written.
    if (path.endsWith("[") || path.endsWith("]]")) {
      throw new IllegalArgumentException(
          "`%s` is no JSONPath: its brackets do not match".formatted(path));
    }
    return path;
  }

  /// Beside its own complaints the compiler lets indexing and number errors escape, bare or as the
  /// reason of one of its own; these mean nothing to an operator.
  private static String complaint(RuntimeException e) {
    return e instanceof InvalidPathException && e.getCause() == null
        ? ": " + e.getMessage()
        : "; write one, as $.items[0].id or $['a name']";
  }

  public static String selector(String selector) {
    try {
      QueryParser.parse(selector);
      return selector;
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "`%s` is no CSS selector; write one, as #total or a.next: %s"
              .formatted(selector, e.getMessage()),
          e);
    }
  }

  /// Some errors show only when it is evaluated.
  public static String xpath(String path) {
    try {
      XmlDocument.empty().at(path);
      return path;
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(
          "`%s` is no XPath; write one, as //order/id: %s".formatted(path, reason(e)), e);
    }
  }

  static String reason(XPathExpressionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = String.valueOf(cause.getMessage());
    return message.startsWith("Prefix must resolve")
        ? "namespaces are left out; write names without their prefix"
        : message;
  }
}
